package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import stillpoint.machine.Config;
import stillpoint.swap.SwapProgress.Asked;

/// Everything that is asked about what must happen at last, as a file that is reviewed: one line a
/// search.
public final class ProgressFile {
    private static final List<String> HEADER =
            List.of(
                    "# What must happen at last, by design: one line a search, exhaustive within its bounds.",
                    "# Regenerate: mvn -q -Dquick -pl lib/sync test -Dexcluded.tests= -Dgolden.update=true (then read the diff).",
                    "# kept: on every weakly fair run. kept in turn: if tasks also queue for locks, as in the kernel; shown is then",
                    "# the run that weak fairness alone allows. broken: although they queue. -: does not apply. inconclusive: shown says why.",
                    "# A run ends at its first fault (runs end at), and breaks no promise behind it. Memory is sequentially consistent.",
                    "# scenario: off (swapoff once), on (then another device in the slot), ever (again and again).",
                    "# planted: a design that was changed so that the promise named in its Javadoc (swap/Stalling) breaks.");

    private ProgressFile() {}

    /// A search to be run.
    ///
    /// @param key what stands before its sizes in the file
    /// @param slow whether it takes more than a second
    /// @param line runs it
    record Entry(String key, boolean slow, Supplier<ProgressLine> line) {
        @Override
        public String toString() {
            return key;
        }
    }

    /// Every search: each design with one reader on each device, in each scenario but the one that
    /// adds nothing (twice is the beginning of ever), on the kernel that promises least and on the
    /// one that the thread was about; with two readers one design for each way to wait; and what is
    /// planted.
    static List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        for (SwapDesign design : Designs.all()) {
            SwapProgress one = SwapProgress.of(design);
            for (Config config : List.of(Config.PREEMPT_Y_4_20, Config.PREEMPT_N_4_19))
                for (Scenario scenario : List.of(Scenario.SWAPOFF, Scenario.SWAPON, Scenario.EVER))
                    for (DeviceKind device : DeviceKind.values())
                        entries.add(
                                entry(design, one.on(config).scenario(scenario).device(device)));
            if (waitsLikeNoOther(design)) entries.add(entry(design, one.readers(2)));
        }
        for (Stalling planted : Stalling.values())
            entries.add(
                    entry(
                            ProgressLine.PLANTED + planted.word(),
                            planted.search(),
                            false,
                            Optional.of(planted.breaks())));
        return entries;
    }

    /// By polling, for SRCU, for RCU, for a stop, for its callbacks on every CPU, for a completion.
    private static boolean waitsLikeNoOther(SwapDesign design) {
        return List.of("D1", "D4", "D6", "D8", "D9-corrected", "D13").contains(design.id());
    }

    private static Entry entry(SwapDesign design, SwapProgress search) {
        boolean quick = search.equals(SwapProgress.of(design));
        return entry(Designs.nameOf(design), search, !quick, Optional.empty());
    }

    private static Entry entry(
            String name, SwapProgress search, boolean slow, Optional<Asked> about) {
        String key =
                String.join(
                        ",",
                        name,
                        search.scenario().word(),
                        search.device().word(),
                        "" + search.readers(),
                        search.config().word());
        return new Entry(key, slow, () -> ProgressLine.of(name, search.row(), about));
    }

    /// The whole text.
    static String text(List<ProgressLine> lines) {
        var text = new StringBuilder();
        HEADER.forEach(line -> text.append(line).append('\n'));
        text.append(String.join(",", ProgressLine.COLUMNS)).append('\n');
        for (ProgressLine line : lines) text.append(line.text()).append('\n');
        return text.toString();
    }

    /// Takes a file apart.
    ///
    /// @param name of the file, for messages
    /// @throws IllegalArgumentException naming file, line, rule and the way on
    public static List<ProgressLine> parse(String name, String text) {
        var lines = new ArrayList<ProgressLine>();
        boolean headed = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith("#") || line.isBlank()) continue;
            try {
                if (headed) lines.add(ProgressLine.parse(line));
                else if (!line.equals(String.join(",", ProgressLine.COLUMNS)))
                    throw new IllegalArgumentException(
                            "the columns are " + String.join(",", ProgressLine.COLUMNS));
                headed = true;
            } catch (IllegalArgumentException e) {
                throw bad(name, number, String.valueOf(e.getMessage()));
            }
        }
        if (lines.isEmpty()) throw bad(name, number, "0 searches: a file has at least one");
        return lines;
    }

    private static IllegalArgumentException bad(String name, int line, String rule) {
        return new IllegalArgumentException(
                name
                        + ":"
                        + line
                        + ": "
                        + rule
                        + "; the file is not edited by hand: its first lines name the command that"
                        + " writes it anew");
    }
}
