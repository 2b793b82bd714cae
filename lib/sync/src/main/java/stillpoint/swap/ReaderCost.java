package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stillpoint.evidence.Table;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Quantity;

/// What a design's protection costs a page fault that nobody stops: its CPU time less that of the
/// unprotected code on the same machine under the same load.
///
/// It comes out of the fault's recorded graph. Other CPUs' faults count where they want the same
/// cache line, which serves one after another.
///
/// @param question the design, and what it runs on
public record ReaderCost(SwapTiming question) {
    /// CPU time of a fault over that of the unprotected code, ns.
    ///
    /// @throws IllegalArgumentException if the readers want a line, or a CPU, more often than it
    ///   can be had
    public double ns() {
        return onCpu(question) - onCpu(question.design(new Unprotected()));
    }

    /// How many more of a quantity a fault is charged for than the unprotected code: the price is
    /// raised, and the cost looked at again.
    public double times(Quantity quantity) {
        double more = 1000;
        return (raised(quantity, more).ns() - ns()) / more;
    }

    private ReaderCost raised(Quantity quantity, double ns) {
        Hardware machine = question.setup().hardware();
        return new ReaderCost(
                question.hardware(machine.with(quantity, machine.ns(quantity) + ns)));
    }

    private static double onCpu(SwapTiming timing) {
        return timing.simulator().faultOnCpu();
    }

    /// What designs cost a fault, against CPUs; where the readers want a line more often than it
    /// can be had, the table says `saturated`.
    ///
    /// @param question all but design and CPUs
    public static Table table(SwapTiming question, List<SwapDesign> designs, List<Integer> cpus) {
        var columns = new ArrayList<>(List.of(Table.words("design")));
        for (int n : cpus) columns.add(Table.numbers(n + " CPUs, ns"));
        var rows = new ArrayList<List<String>>();
        for (SwapDesign design : designs) {
            var row = new ArrayList<>(List.of(SwapModel.title(design, DeviceKind.SSD)));
            for (int n : cpus) row.add(cell(question.design(design).cpus(n)));
            rows.add(row);
        }
        return new Table(
                String.format(
                        Locale.ROOT,
                        "CPU time of a fault over the unprotected code's (simulated: %s, %.0f faults"
                                + " a second on a CPU, window %d)",
                        question.setup().hardware().name(),
                        question.setup().load().faults(),
                        question.window()),
                columns,
                rows);
    }

    private static String cell(SwapTiming question) {
        try {
            return String.format(Locale.ROOT, "%,.1f", new ReaderCost(question).ns());
        } catch (IllegalArgumentException tooMany) {
            return "saturated";
        }
    }
}
