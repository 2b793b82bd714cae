package stillpoint.picture;

/// A paragraph whose numbers come from the run.
///
/// @param markdown CommonMark
/// @see Say
public record Sentence(String markdown) {
    /// The same words without the marks.
    public String plain() {
        return MarkdownText.plain(markdown);
    }

    @Override
    public String toString() {
        return plain();
    }
}
