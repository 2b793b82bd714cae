package stillpoint.kernel;

/// Colours for errors, as terminals and notebooks know them.
final class Ansi {
    private Ansi() {}

    /// Red is legible on light and on dark.
    static String red(String text) {
        return "\u001B[31m" + text + "\u001B[0m";
    }

    /// The text without colours.
    static String plain(String text) {
        return text.replaceAll("\u001B\\[[0-9;]*m", "");
    }
}
