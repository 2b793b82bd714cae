package stillpoint.swap;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import stillpoint.machine.Config;

/// One search of the verdict matrix, and all that it says.
///
/// @param design as it is asked for: `D8`, `D8/no-stop-in-swapon`
/// @param section what opens the section of its readers: `preempt_disable`; `none`
/// @param config the kernel
/// @param device what the swap device is
/// @param readers CPUs that take a page fault
/// @param states distinct states
/// @param transitions transitions taken
/// @param depth length of the longest shortest path, in transitions
/// @param cells what was found, by failure class (`F1`) or kind of fault without a class
///   (`deadlock`): the replay string of a shortest run for each that was met, and nothing for the
///   others
/// @param open empty, or why those that were not met are not called safe: the reason of a search
///   that was cut short, or [#ORDER]
public record MatrixRow(
        String design,
        String section,
        Config config,
        DeviceKind device,
        int readers,
        long states,
        long transitions,
        int depth,
        Map<String, String> cells,
        String open) {
    /// In place of a reason: every interleaving is safe, and the order of memory, which is what the
    /// design is about, is not modelled.
    public static final String ORDER = "needs the memory model";

    public MatrixRow {
        cells = Collections.unmodifiableMap(new TreeMap<>(cells));
    }

    /// What is said of a failure class or a kind of fault.
    public Word word(String failureClass) {
        if (cells.containsKey(failureClass)) return Word.BROKEN;
        if (open.isEmpty()) return Word.SAFE;
        if (!open.equals(ORDER)) return Word.INCONCLUSIVE;
        return SwapModel.failureClasses().contains(failureClass) ? Word.OPEN : Word.SAFE;
    }

    /// The replay string of a shortest run to a failure; empty if there is none.
    public String replay(String failureClass) {
        return cells.getOrDefault(failureClass, "");
    }

    /// What a cell of the matrix says. The worst is last.
    public enum Word {
        /// No interleaving within the bounds shows it.
        SAFE("safe"),
        /// No interleaving shows it, but the design is about order, which interleavings do not
        /// have.
        OPEN("open: needs the memory model"),
        /// Cut short.
        INCONCLUSIVE("inconclusive"),
        /// There is a shortest run to it.
        BROKEN("violation");

        private final String words;

        Word(String words) {
            this.words = words;
        }

        /// As a table shows it.
        public String words() {
            return words;
        }
    }
}
