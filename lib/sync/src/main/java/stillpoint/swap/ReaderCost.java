package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stillpoint.evidence.Table;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Kernel;
import stillpoint.simulate.Quantity;

/// What a design's protection costs a page fault that nobody stops: its CPU time less that of the
/// unprotected code on the same machine under the same load.
///
/// It comes out of the fault's recorded graph, with warm caches. What readers on other CPUs add to
/// it where they change the same line is [#queued], a closed form.
///
/// @param question the design, and what it runs on
public record ReaderCost(SwapTiming question) {
    private static final double RAISE = 1000;
    private static final List<Quantity> PARTS =
            List.of(Quantity.PREEMPT_COUNT, Quantity.RCU_NESTING, Quantity.ATOMIC);

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
        return (raised(quantity, RAISE).ns() - ns()) / RAISE;
    }

    private ReaderCost raised(Quantity quantity, double ns) {
        Hardware machine = question.setup().hardware();
        return new ReaderCost(question.hardware(machine.with(quantity, machine.ns(quantity) + ns)));
    }

    private static double onCpu(SwapTiming timing) {
        return timing.simulator().faultOnCpu();
    }

    /// What a fault takes at least, ns, when readers on all CPUs fault back to back and each
    /// changes one line so often: the line serves one change after another (closed form, not
    /// simulated).
    public double queued() {
        return question.cpus() * times(Quantity.ATOMIC) * price();
    }

    /// Faults a second on each CPU above which that line cannot keep up (closed form, not
    /// simulated).
    public double mostFaults() {
        return 1e9 / queued();
    }

    private double price() {
        return question.setup().hardware().ns(Quantity.CONTENDED);
    }

    /// What designs cost a fault on several kernels, and what it is made of on the first.
    ///
    /// @param question all but design and kernel
    public static Table table(SwapTiming question, List<SwapDesign> designs, List<Kernel> kernels) {
        var columns = new ArrayList<>(List.of(Table.words("design")));
        for (Kernel kernel : kernels) columns.add(Table.numbers(kernel.config() + ", ns"));
        columns.add(Table.numbers("preempt counts"));
        columns.add(Table.numbers("RCU nestings"));
        columns.add(Table.numbers("atomics"));
        List<Double> unprotected = costs(question.design(new Unprotected()), kernels);
        var rows = new ArrayList<List<String>>();
        for (SwapDesign design : designs) {
            var row = new ArrayList<>(List.of(SwapModel.title(design, DeviceKind.SSD)));
            List<Double> costs = costs(question.design(design), kernels);
            for (int i = 0; i < costs.size(); i++)
                row.add(
                        shown(
                                i < kernels.size() ? "%,.1f" : "%.0f",
                                costs.get(i) - unprotected.get(i)));
            rows.add(row);
        }
        return new Table(
                String.format(
                        Locale.ROOT,
                        "CPU time of an undisturbed fault over the unprotected code's (simulated:"
                                + " %s, window %d)",
                        question.setup().hardware().name(),
                        question.window()),
                columns,
                rows);
    }

    /// CPU time of a fault on each kernel, ns; then how often the first charges each of [#PARTS].
    private static List<Double> costs(SwapTiming asked, List<Kernel> kernels) {
        var all = new ArrayList<Double>();
        for (Kernel kernel : kernels) all.add(onCpu(asked.kernel(kernel)));
        var first = new ReaderCost(asked.kernel(kernels.getFirst()));
        for (Quantity part : PARTS)
            all.add((onCpu(first.raised(part, RAISE).question) - all.getFirst()) / RAISE);
        return all;
    }

    private static String shown(String format, double value) {
        return String.format(Locale.ROOT, format, value + 0.0);
    }
}
