package stillpoint.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import stillpoint.machine.Config;
import stillpoint.swap.Designs;
import stillpoint.swap.DeviceKind;
import stillpoint.swap.Golden;
import stillpoint.swap.Scenario;
import stillpoint.swap.Sibling;
import stillpoint.swap.SwapCheck;
import stillpoint.swap.SwapDesign;

/// The searches of `data/golden/reductions.csv`: every design and every broken sibling, as small as
/// shows what it is about.
final class GoldenReductions {
    private static final String FILE = "reductions.csv";
    private static final String COLUMNS = "design,readers,device,kernel,scenario,";
    private static final List<String> HEADER =
            List.of(
                    "# Every design with all reductions, with each of them off, and with none: states and transitions of one survey each.",
                    "# The last column is what all of them say alike: each failure class that is met, with the length of a shortest trace,",
                    "# in verbs and as drawn (a lock and the preempt_disable() in it are two verbs, and are drawn as one row).",
                    COLUMNS
                            + EveryReduction.WAYS.stream()
                                    .map(Reductions::toString)
                                    .collect(Collectors.joining(","))
                            + ",verdicts");

    private GoldenReductions() {}

    /// One model that is searched in every way.
    ///
    /// @param order whether only a weak memory model tells it from what is right
    record Row(SwapCheck check, boolean order, boolean slow) {
        String key() {
            return String.join(
                    ",",
                    Designs.nameOf(check.design()),
                    "" + check.readers(),
                    check.device().word(),
                    check.checker().config().word(),
                    check.scenario().word());
        }

        EveryReduction searched() {
            return EveryReduction.of(check.model(), check.checker().config(), ways());
        }

        /// With two readers, each of them alone.
        private List<Reductions> ways() {
            return EveryReduction.WAYS.subList(
                    0, check.readers() == 1 ? EveryReduction.WAYS.size() : 5);
        }

        String line(EveryReduction searched) {
            var cells = new ArrayList<>(List.of(key()));
            for (Reductions way : EveryReduction.WAYS)
                cells.add(searched.sizes().getOrDefault(way, "-"));
            cells.add(verdicts(searched.answer()));
            return String.join(",", cells);
        }

        private String verdicts(EveryReduction.Answer answer) {
            if (!answer.open().isEmpty()) return "inconclusive: " + answer.open();
            if (answer.met().isEmpty()) return order ? "open: needs the memory model" : "safe";
            return answer.met().entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(Collectors.joining("; "));
        }

        @Override
        public String toString() {
            return key();
        }
    }

    /// A swapon after swapoff, since more can go wrong then; siblings as they are shown broken.
    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (SwapDesign design : Designs.all()) {
            var one = SwapCheck.of(design).readers(1).scenario(Scenario.SWAPON);
            boolean order = design.needsMemoryModel();
            rows.add(new Row(one, order, false));
            rows.add(new Row(one.device(DeviceKind.HDD), order, true));
            rows.add(new Row(one.device(DeviceKind.SYNC), order, true));
            rows.add(new Row(one.config(Config.PREEMPT_Y_4_19), order, true));
            rows.add(new Row(one.readers(2), order, true));
            for (Sibling sibling : design.brokenSiblings()) rows.add(row(sibling));
        }
        return rows;
    }

    private static Row row(Sibling sibling) {
        var check =
                SwapCheck.of(sibling.design())
                        .readers(1)
                        .swapon(sibling.swapon())
                        .device(sibling.device())
                        .config(sibling.config());
        return new Row(check, sibling.needsWeakMemory(), true);
    }

    /// The recorded lines.
    static List<String> recorded() throws IOException {
        return Golden.read(FILE).stream().filter(line -> !line.startsWith(COLUMNS)).toList();
    }

    /// What a line is about.
    static String key(String line) {
        return String.join(",", List.of(line.split(",", 6)).subList(0, 5));
    }

    /// Searches everything, and writes the file anew unless two ways disagree.
    static void regenerate() throws IOException {
        var lines = new ArrayList<>(HEADER);
        for (Row row : rows()) {
            EveryReduction searched = row.searched();
            if (!searched.differences().isEmpty())
                throw new AssertionError(row + ": " + searched.differences());
            lines.add(row.line(searched));
        }
        Golden.write(FILE, lines);
    }
}
