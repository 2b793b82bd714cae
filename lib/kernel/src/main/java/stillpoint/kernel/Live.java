package stillpoint.kernel;

import org.jspecify.annotations.Nullable;

/// Shows things while a cell runs: what `display(x)` in a cell comes down to.
public final class Live {
    /// Publishes for the cell of the calling thread.
    interface Publisher {
        void display(@Nullable Object value, String displayId, boolean again);

        void clear(boolean beforeNext);
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

    /// Shows another value in place of the one displayed under this id.
    public static void update(@Nullable Object value, String displayId) {
        publisher.display(value, displayId, true);
    }

    /// Takes away what the cell showed so far.
    ///
    /// @param beforeNext only when something else is shown, so that nothing flickers
    public static void clear(boolean beforeNext) {
        publisher.clear(beforeNext);
    }

    /// Without a kernel, as in a test or a plain `main`.
    private record Console() implements Publisher {
        @Override
        public void display(@Nullable Object value, String displayId, boolean again) {
            System.out.println(Shown.text(value));
        }

        @Override
        public void clear(boolean beforeNext) {}
    }
}
