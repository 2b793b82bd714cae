package stillpoint.validate;

import java.util.ArrayList;
import java.util.List;
import stillpoint.random.Distribution;
import stillpoint.random.Exponential;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Quantity;

/// What a stop waits for: readers in sections. With all prices at 0 it is the longest of what is
/// left of them; with a price for waking, they are met one after another.
final class Residuals {
    static final double RHO = 0.1;
    private static final double WAKE_UP_NS = 400;
    private static final List<Integer> CPUS = List.of(2, 16, 128, 1024, 8192);
    static final List<String> SECTIONS = List.of("fixed 2us", "exp 2us", "pareto 2us 3.5");

    /// So many CPUs are simulated in an experiment, over all replications.
    private static final int BUDGET = 1_000_000;

    private static final int QUICK_CPUS = 16;
    private static final int MOST = 20_000;

    /// A 0.99-quantile has an interval from so many values on.
    private static final int FOR_TAIL = 2000;

    private Residuals() {}

    static List<Check> checks() {
        var checks = new ArrayList<Check>();
        for (String section : SECTIONS)
            for (int cpus : CPUS) checks.add(together(Distribution.parse(section), cpus));
        for (int cpus : CPUS) checks.add(staggered(new Exponential(2000), cpus));
        return checks;
    }

    private static Check together(Distribution section, int cpus) {
        int n = replications(cpus);
        double q = n >= FOR_TAIL ? 0.99 : 0.5;
        return new Check(
                Family.RESIDUALS,
                cpus,
                section + ", " + cpus + " CPUs",
                quick(section, cpus),
                () ->
                        Trial.of(Scenes.stop(cpus))
                                .free()
                                .readers(section, RHO)
                                .sample(Measure.LATENCY, n),
                List.of(
                        Expectation.mean(
                                "integral of 1 - (1 - rho (1 - G_e(x)))^(N-1)",
                                ClosedForms.meanLongest(section, RHO, cpus - 1),
                                Holds.IN_INTERVAL),
                        Expectation.quantile(
                                q,
                                "G_e^-1 of (1 - q^(1/(N-1))) / rho",
                                ClosedForms.quantileLongest(section, RHO, cpus - 1, q))));
    }

    private static Check staggered(Distribution section, int cpus) {
        int n = replications(cpus);
        return new Check(
                Family.STAGGERED,
                cpus,
                section + ", " + cpus + " CPUs, 400 ns to wake each",
                quick(section, cpus),
                () ->
                        Trial.of(Scenes.stop(cpus))
                                .free()
                                .price(Quantity.WAKE_UP, WAKE_UP_NS)
                                .readers(section, RHO)
                                .sample(Measure.LATENCY, n),
                List.of(
                        Expectation.mean(
                                "c_q to wake the caller + integral of 1 - prod (1 - rho (1 - G_e(x - (i+1) c_q)))",
                                WAKE_UP_NS
                                        + ClosedForms.meanStaggered(section, RHO, cpus, WAKE_UP_NS),
                                Holds.IN_INTERVAL)));
    }

    private static boolean quick(Distribution section, int cpus) {
        return cpus == QUICK_CPUS && section instanceof Exponential;
    }

    private static int replications(int cpus) {
        return Math.min(MOST, BUDGET / cpus);
    }
}
