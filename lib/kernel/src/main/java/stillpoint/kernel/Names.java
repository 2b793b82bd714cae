package stillpoint.kernel;

import java.util.regex.Pattern;

/// Names as the author of a cell wrote them, without the classes that JShell puts around snippets.
final class Names {
    private static final Pattern WRAPPER =
            Pattern.compile("(?:REPL[./])?\\$JShell\\$(?:\\d+[A-Z]*_?)+[.$]?");
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "\\b((?:[a-z]\\w*\\.)+[A-Z][\\w$]*|(?:REPL\\.)?\\$JShell\\$[\\w$]+|\\[+[A-Z]\\w*;?)@[0-9a-f]{1,8}\\b");
    private static final Pattern LAMBDA =
            Pattern.compile("[\\w.$]*\\$\\$Lambda/0x[0-9a-f]+@[0-9a-f]{1,8}");
    private static final Pattern ANONYMOUS =
            Pattern.compile(" in unnamed module of loader 'cells' @[0-9a-f]+");

    private Names() {}

    /// A text with the wrappers' names taken out.
    static String readable(String text) {
        if (!text.contains("$JShell$")) return text;
        return ANONYMOUS.matcher(WRAPPER.matcher(text).replaceAll("")).replaceAll(" of a cell");
    }

    /// A text in which no address of memory is left, so that it is the same in every run.
    static String withoutAddresses(String text) {
        if (text.indexOf('@') < 0) return text;
        return ADDRESS.matcher(LAMBDA.matcher(text).replaceAll("a lambda")).replaceAll("$1@…");
    }
}
