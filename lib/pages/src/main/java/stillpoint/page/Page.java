package stillpoint.page;

import java.util.List;
import java.util.Optional;

/// One published page: a title, what it says in a sentence, its blocks and where they came from.
///
/// @param title plain text
/// @param statement the first sentence or two in plain text: for an index, a search engine, a link
///   preview; may be empty
/// @param provenance what makes the page repeatable; a page without it says nothing about a run
public record Page(
        String title,
        String statement,
        List<Block> blocks,
        Links links,
        Optional<Provenance> provenance) {
    public Page {
        if (title.isBlank())
            throw new IllegalArgumentException(
                    "blank title: a page has a title, it is its only h1");
        blocks = List.copyOf(blocks);
    }

    /// The pages around this one. Each is relative to this page.
    public record Links(Optional<Link> index, Optional<Link> previous, Optional<Link> next) {
        /// A page that stands alone.
        public static final Links NONE =
                new Links(Optional.empty(), Optional.empty(), Optional.empty());

        /// Only a way back to the index.
        public static Links index(String href, String title) {
            return new Links(
                    Optional.of(new Link(href, title)), Optional.empty(), Optional.empty());
        }
    }

    /// A page and its title.
    public record Link(String href, String title) {}

    /// Every cell of the page, in order.
    public List<Block.Cell> cells() {
        return blocks.stream()
                .filter(Block.Cell.class::isInstance)
                .map(Block.Cell.class::cast)
                .toList();
    }

    /// How many cells came to this outcome.
    public int count(Block.Outcome outcome) {
        return (int) cells().stream().filter(c -> c.outcome() == outcome).count();
    }

    /// The same page with other neighbours.
    public Page with(Links links) {
        return new Page(title, statement, blocks, links, provenance);
    }
}
