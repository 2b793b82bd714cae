package stillpoint.kernel;

import java.util.Scanner;
import org.jspecify.annotations.Nullable;

/// Shows things while a cell runs: what `display(x)` in a cell comes down to.
public final class Live {
    /// Publishes for the cell of the calling thread.
    interface Publisher {
        void display(@Nullable Object value, String displayId, boolean again);

        void clear(boolean beforeNext);

        String ask(String prompt, boolean secret);
    }

    private static volatile Publisher publisher = new Console();

    private Live() {}

    static void publisher(Publisher next) {
        publisher = next;
    }

    /// Shows a value.
    public static void display(@Nullable Object value) {
        publisher.display(value, "", false);
    }

    /// Shows a value which [#update] may replace.
    public static void display(@Nullable Object value, String displayId) {
        publisher.display(value, displayId, false);
    }

    /// Shows another value in place of the one displayed under this id, by whichever cell.
    public static void update(@Nullable Object value, String displayId) {
        publisher.display(value, displayId, true);
    }

    /// Takes away what the cell showed so far.
    ///
    /// @param beforeNext only when something else is shown, so that nothing flickers
    public static void clear(boolean beforeNext) {
        publisher.clear(beforeNext);
    }

    /// Asks whoever runs the cell for a line.
    ///
    /// @param secret whether nobody shall see what is typed, as for a password
    public static String ask(String prompt, boolean secret) {
        return publisher.ask(prompt, secret);
    }

    /// Without a kernel, as in a test or a plain `main`.
    private record Console() implements Publisher {
        @Override
        public void display(@Nullable Object value, String displayId, boolean again) {
            System.out.println(Shown.text(value));
        }

        @Override
        public void clear(boolean beforeNext) {}

        @Override
        @SuppressWarnings("resource") // closing it would close System.in
        public String ask(String prompt, boolean secret) {
            System.out.print(prompt);
            return new Scanner(System.in).nextLine();
        }
    }
}
