package stillpoint.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One interleaving, one row a step, one column a CPU.
///
/// @param title what it shows, for example `D0 unprotected: NULL dereference of swap_map`
/// @param columns one name a column, for example `CPU0 (page fault)` and `CPU2 (swapoff)`
/// @param rows the steps in the order of time; at least one
/// @param fault the last sentence: what broke
/// @param replay a short string from which `stillpoint replay` shows the same trace
public record Trace(
        String title, List<String> columns, List<Row> rows, String fault, String replay) {
    /// One step.
    ///
    /// @param column which CPU took it, from 0
    /// @param frames the functions it is in, outermost first, for example `do_swap_page()`,
    ///   `__swap_duplicate()`
    /// @param text the step in kernel words, with the value it read: `READ p->swap_map -> NULL`
    /// @param change what it changed in shared state: `p->flags: 3 -> 1`; empty when nothing
    /// @param site source file and line of the model, `SwapIn.java:71`; empty when unknown
    /// @param inside the columns in which, after the step, preemption or interrupts are off, or an
    ///   RCU section is open
    /// @param fault true on the step that breaks the rule
    /// @param aside true if no other CPU of this trace notices the step: a short form may leave it
    ///   out
    /// @param steps how many steps it stands for: 1, or more in a short form
    public record Row(
            int column,
            List<String> frames,
            String text,
            String change,
            String site,
            SortedSet<Integer> inside,
            boolean fault,
            boolean aside,
            int steps) {
        public Row {
            frames = List.copyOf(frames);
            inside = Collections.unmodifiableSortedSet(new TreeSet<>(inside));
        }

        /// A step that is never left out.
        public Row(
                int column,
                List<String> frames,
                String text,
                String change,
                String site,
                SortedSet<Integer> inside,
                boolean fault) {
            this(column, frames, text, change, site, inside, fault, false, 1);
        }

        /// The same step in other words.
        public Row withText(String words) {
            return new Row(column, frames, words, change, site, inside, fault, aside, steps);
        }

        /// The same step, with other columns inside a section behind it.
        public Row withInside(SortedSet<Integer> columns) {
            return new Row(column, frames, text, change, site, columns, fault, aside, steps);
        }

        /// The same step as the one that breaks the rule.
        public Row breaking() {
            return new Row(column, frames, text, change, site, inside, true);
        }

        private Row folding(int count, List<String> shared) {
            return new Row(
                    column,
                    shared,
                    "... " + count + " steps ...",
                    "",
                    "",
                    inside,
                    false,
                    true,
                    count);
        }
    }

    public Trace {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows)
            if (row.column() < 0 || row.column() >= columns.size())
                throw new IllegalArgumentException(
                        "column "
                                + row.column()
                                + ": this trace has columns 0 to "
                                + (columns.size() - 1));
    }

    /// The short form: each stretch of two or more steps of one CPU that no other CPU notices is
    /// one row, which says how many they were.
    public Trace folded() {
        var shown = new ArrayList<Row>();
        for (int from = 0; from < rows.size(); ) {
            int to = from;
            while (to < rows.size()
                    && rows.get(to).aside()
                    && rows.get(to).column() == rows.get(from).column()) to++;
            if (to - from < 2) shown.add(rows.get(from++));
            else {
                shown.add(
                        rows.get(to - 1).folding(to - from, sharedFrames(rows.subList(from, to))));
                from = to;
            }
        }
        return new Trace(title, columns, shown, fault, replay);
    }

    /// The number of a row's first step, from 1.
    public int step(int row) {
        return 1 + rows.subList(0, row).stream().mapToInt(Row::steps).sum();
    }

    private static List<String> sharedFrames(List<Row> rows) {
        List<String> shared = rows.getFirst().frames();
        for (Row row : rows) {
            int same = 0;
            while (same < Math.min(shared.size(), row.frames().size())
                    && shared.get(same).equals(row.frames().get(same))) same++;
            shared = shared.subList(0, same);
        }
        return shared;
    }

    /// Where one CPU stands still while the others go on.
    ///
    /// @param before its step before
    /// @param steps how many steps the others take
    /// @param after its step after
    public record Pause(Row before, int steps, Row after) {}

    /// The longest stretch in which a CPU that had begun, and goes on later, takes no step.
    ///
    /// @throws IllegalStateException if no CPU takes two steps
    public Pause longestPause() {
        @Nullable Pause longest = null;
        for (int i = 0; i < rows.size(); i++) {
            int last = i - 1;
            while (last >= 0 && rows.get(last).column() != rows.get(i).column()) last--;
            int steps = i - last - 1;
            if (last >= 0 && (longest == null || steps > longest.steps()))
                longest = new Pause(rows.get(last), steps, rows.get(i));
        }
        if (longest == null)
            throw new IllegalStateException(title + ": no CPU takes two steps, so none pauses");
        return longest;
    }

    /// How often the next step is another CPU's: fewer is easier to read.
    public int switches() {
        int switches = 0;
        for (int i = 1; i < rows.size(); i++)
            if (rows.get(i).column() != rows.get(i - 1).column()) switches++;
        return switches;
    }
}
