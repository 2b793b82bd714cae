package stillpoint.kernel;

/// Colours for errors, as terminals and notebooks know them.
final class Ansi {
    private Ansi() {}

    /// Red is legible on light and on dark.
    static String red(String text) {
        return "\u001B[31m" + text + "\u001B[0m";
    }
}
