package stillpoint.kernel.preload;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stillpoint.kernel.Live;
import stillpoint.picture.Bundle;

/// Imported into every cell: shows things in the middle of one.
public final class Display {
    private Display() {}

    /// Shows a value now, where the last expression of a cell would show it at the end.
    public static void display(@Nullable Object value) {
        Live.display(value);
    }

    /// Shows a value under an id, so that [#updateDisplay] can replace it.
    public static void display(@Nullable Object value, String id) {
        Live.display(value, id);
    }

    /// Shows another value where `id` was displayed.
    public static void updateDisplay(@Nullable Object value, String id) {
        Live.update(value, id);
    }

    /// Takes away what the cell has shown so far, as soon as it shows something else.
    public static void clearOutput() {
        Live.clear(true);
    }

    /// Asks whoever runs the cell for a line.
    public static String input(String prompt) {
        return Live.ask(prompt, false);
    }

    /// Asks whoever runs the cell for something that nobody else shall see, nor the notebook keep.
    public static String password(String prompt) {
        return Live.ask(prompt, true);
    }

    /// A fragment of HTML; `plain` is for where there is none, such as a mail.
    public static Bundle html(String fragment, String plain) {
        return of(Bundle.HTML, fragment, plain);
    }

    /// A drawing; `plain` is for where there is none.
    public static Bundle svg(String drawing, String plain) {
        return of(Bundle.SVG, drawing, plain);
    }

    /// CommonMark, which is its own plain text.
    public static Bundle markdown(String text) {
        return of(Bundle.MARKDOWN, text, text);
    }

    private static Bundle of(String type, String content, String plain) {
        var data = new TreeMap<String, String>();
        data.put(Bundle.PLAIN, plain);
        data.put(type, content);
        return new Bundle(data);
    }
}
