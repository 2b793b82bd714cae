package stillpoint.picture;

import java.util.Formattable;
import java.util.Formatter;
import java.util.Locale;

/// Sentences with numbers in them: displayed by a cell, so that notebook, page and mail show the
/// same text and no number is typed.
public final class Say {
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';

    private Say() {}

    /// A sentence in Markdown from a format of [java.util.Formatter], in the root locale whatever
    /// the machine's is.
    ///
    /// The format may use Markdown. An argument is a value: what it prints is escaped, so that `*p`
    /// does not start emphasis. A [Sentence] as argument keeps its marks.
    public static Sentence say(String format, Object... args) {
        var wrapped = new Object[args.length];
        for (int i = 0; i < args.length; i++) wrapped[i] = wrap(args[i]);
        return new Sentence(escaped(String.format(Locale.ROOT, format, wrapped)));
    }

    private static Object wrap(Object arg) {
        return switch (arg) {
            case Sentence sentence -> sentence.markdown();
            case String text -> new Value(text);
            case Enum<?> word -> new Value(word.toString());
            case Record record -> new Value(record.toString());
            case null, default -> arg;
        };
    }

    /// A text between two marks, so that it can be found again in the formatted sentence.
    private record Value(String text) implements Formattable {
        @Override
        public void formatTo(Formatter formatter, int flags, int width, int precision) {
            String cut =
                    precision >= 0 && precision < text.length()
                            ? text.substring(0, precision)
                            : text;
            String blanks = " ".repeat(Math.max(0, width - cut.length()));
            boolean left = (flags & java.util.FormattableFlags.LEFT_JUSTIFY) != 0;
            formatter.format(
                    "%s", (left ? "" : blanks) + OPEN + cut + CLOSE + (left ? blanks : ""));
        }
    }

    /// Takes the marks out again; between them Markdown's characters are escaped, except inside a
    /// code span.
    private static String escaped(String marked) {
        var out = new StringBuilder();
        boolean value = false;
        boolean code = false;
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c == OPEN) value = true;
            else if (c == CLOSE) value = false;
            else if (!value || code) {
                if (c == '`') code = !code;
                out.append(c);
            } else {
                boolean start = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
                if ("\\`*[]<&~|$".indexOf(c) >= 0
                        || start && "#>-+".indexOf(c) >= 0
                        || c == '_' && edge(marked, i)) out.append('\\');
                out.append(c);
            }
        }
        return out.toString();
    }

    /// An underscore inside a word is only an underscore.
    private static boolean edge(String text, int at) {
        return at == 0
                || at + 1 == text.length()
                || !Character.isLetterOrDigit(text.charAt(at - 1))
                || !Character.isLetterOrDigit(text.charAt(at + 1));
    }
}
