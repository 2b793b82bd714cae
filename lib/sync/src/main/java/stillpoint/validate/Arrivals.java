package stillpoint.validate;

import java.util.List;
import java.util.stream.IntStream;
import stillpoint.random.Distribution;
import stillpoint.random.Exponential;
import stillpoint.random.Uniform;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Pause;
import stillpoint.simulate.Simulator;
import stillpoint.statistics.Key;
import stillpoint.statistics.Sample;

/// A stop that comes at a random time into readers that are simulated from the beginning.
final class Arrivals {
    static final int CPUS = 16;
    private static final int LARGE = 192;
    private static final int TRIES = 400;
    private static final int VALUES = 250;
    private static final double RHO = 0.1;
    private static final int REPLICATIONS = 10_000;
    private static final Distribution SECTION = new Exponential(2000);

    private Arrivals() {}

    static List<Check> checks() {
        return List.of(
                check("exponential time", new Exponential(50_000)),
                check("uniform time", new Uniform(0, 100_000)),
                shape("exponential time", new Exponential(50_000)),
                shape("uniform time", new Uniform(0, 100_000)),
                large());
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

    /// Not the mean alone: Kolmogorov's distance between the times that are over 0 and what they
    /// are distributed like, many times over. Its mean is `sqrt(pi/2) ln 2` if they are.
    private static Check shape(String name, Distribution start) {
        return new Check(
                Family.ARRIVALS,
                CPUS,
                CPUS + " CPUs, exp 2us, after an " + name + " of 50us",
                false,
                () -> distances(start),
                List.of(
                        Expectation.count(
                                "1000 times Kolmogorov's distance, by (sqrt(n) + 0.12 + 0.11 / sqrt(n))",
                                "1000 sqrt(pi/2) ln 2, if the distribution is (1 - rho (1 - G_e(x)))^(N-1)",
                                1000 * Math.sqrt(Math.PI / 2) * Math.log(2))));
    }

    private static Sample distances(Distribution start) {
        Trial trial = trial(start, CPUS);
        var simulator = new Simulator(trial.scene(), trial.setup());
        long[] each = new long[TRIES];
        for (int t = 0; t < TRIES; t++)
            each[t] = distance(Trial.sample(simulator, Measure.WAITED, VALUES, Trial.SEED + 1 + t));
        return Sample.of(new Key("distances", Trial.SEED), each);
    }

    private static long distance(Sample sample) {
        long[] values =
                IntStream.range(0, sample.size())
                        .mapToLong(sample::at)
                        .filter(v -> v > 0)
                        .sorted()
                        .toArray();
        double over = ClosedForms.longest(SECTION, RHO, CPUS - 1, 0);
        double farthest = 0;
        int n = values.length;
        for (int i = 0; i < n; i++) {
            double known = 1 - ClosedForms.longest(SECTION, RHO, CPUS - 1, values[i]) / over;
            farthest = Math.max(farthest, Math.max(known - (double) i / n, (i + 1.0) / n - known));
        }
        double root = Math.sqrt(n);
        return Math.round(1000 * farthest * (root + 0.12 + 0.11 / root));
    }

    private static Check large() {
        return new Check(
                Family.ARRIVALS,
                LARGE,
                LARGE + " CPUs, exp 2us, after an exponential time of 50us",
                false,
                () -> trial(new Exponential(50_000), LARGE).sample(Measure.WAITED, 2000),
                List.of(
                        Expectation.mean(
                                "time in the stop",
                                "integral of 1 - (1 - rho (1 - G_e(x)))^(N-1)",
                                ClosedForms.meanLongest(SECTION, RHO, LARGE - 1),
                                Holds.IN_INTERVAL)));
    }

    static Sample sample(Distribution start, int n, long seed) {
        return trial(start, CPUS).sample(Measure.WAITED, n, seed);
    }

    private static Trial trial(Distribution start, int cpus) {
        return Trial.of(Scenes.stop(cpus))
                .free()
                .readers(SECTION, RHO)
                .full()
                .pause(Scenes.START, new Pause.Asleep(start));
    }
}
