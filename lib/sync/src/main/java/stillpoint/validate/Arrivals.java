package stillpoint.validate;

import java.util.List;
import stillpoint.random.Distribution;
import stillpoint.random.Exponential;
import stillpoint.random.Uniform;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Pause;
import stillpoint.statistics.Sample;

/// A stop that comes at a random time into readers that are simulated from the beginning.
final class Arrivals {
    static final int CPUS = 16;
    private static final double RHO = 0.1;
    private static final int REPLICATIONS = 10_000;
    private static final Distribution SECTION = new Exponential(2000);

    private Arrivals() {}

    static List<Check> checks() {
        return List.of(
                check("exponential time", new Exponential(50_000)),
                check("uniform time", new Uniform(0, 100_000)));
    }

    private static Check check(String name, Distribution start) {
        double known = ClosedForms.meanLongest(SECTION, RHO, CPUS - 1);
        return new Check(
                Family.ARRIVALS,
                CPUS,
                CPUS + " CPUs, exp 2us, after an " + name + " of 50us",
                true,
                () -> sample(start, REPLICATIONS, Trial.SEED),
                List.of(
                        Expectation.mean(
                                "time in the stop",
                                "integral of 1 - (1 - rho (1 - G_e(x)))^(N-1)",
                                known,
                                Holds.IN_INTERVAL)));
    }

    static Sample sample(Distribution start, int n, long seed) {
        return Trial.of(Scenes.stop(CPUS))
                .free()
                .readers(SECTION, RHO)
                .full()
                .pause(Scenes.START, new Pause.Asleep(start))
                .sample(Measure.WAITED, n, seed);
    }
}
