package stillpoint.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The steady-state mean of one run: the run without its warm-up is cut into batches so long that
/// their means hardly depend on each other, and these are taken as replications.
///
/// @param warmUp what was left out at the start
/// @param size values in a batch
/// @param means at least [#LEAST] of them
public record BatchMeans(WarmUp warmUp, int size, List<Double> means) {
    /// Fewer batches leave the look at their dependence without force (Law 2015, 9.5.3).
    public static final int LEAST = 30;

    public BatchMeans {
        means = List.copyOf(means);
        Demand.atLeast(LEAST, means.size(), "batches", "try " + LEAST);
        Demand.atLeast(1, size, "values in a batch", "run on, or take fewer batches");
    }

    /// Cuts what follows the warm-up into `batches` of one length; what does not fill a batch is
    /// left out at the end.
    public static BatchMeans of(Series series, WarmUp warmUp, int batches) {
        Demand.atLeast(LEAST, batches, "batches", "try " + LEAST);
        int rest = series.size() - warmUp.truncated();
        if (rest < batches)
            throw new IllegalArgumentException(
                    rest
                            + " values after the warm-up: "
                            + batches
                            + " batches take as many; run on");
        int size = rest / batches;
        double[] means = series.batches(warmUp.truncated(), size);
        return new BatchMeans(warmUp, size, Arrays.stream(means).limit(batches).boxed().toList());
    }

    /// The correlation of each batch mean with the next.
    public double lag1() {
        double mean = mean();
        double squares = 0;
        double products = 0;
        for (int i = 0; i < means.size(); i++) {
            double here = means.get(i) - mean;
            squares += here * here;
            if (i > 0) products += here * (means.get(i - 1) - mean);
        }
        return squares == 0 ? 0 : products / squares;
    }

    /// What [#lag1] of independent batches exceeds once in twenty times: normal with variance `1 /
    /// batches`.
    public double lag1Bound() {
        return NormalDistribution.of(0, 1).inverseSurvivalProbability(0.05)
                / Math.sqrt(means.size());
    }

    /// The mean with Student's t over the batches; no interval where the batches still depend on
    /// each other, or the run is too short to tell its warm-up.
    public Estimate estimate(double level) {
        Demand.level(level);
        int batches = means.size();
        double mean = mean();
        if (!warmUp.settled())
            return Estimate.alone(
                    mean,
                    batches,
                    "the run is too short to tell its warm-up (" + warmUp.method() + "); run on");
        double lag1 = lag1();
        double bound = lag1Bound();
        if (lag1 > bound)
            return Estimate.alone(
                    mean,
                    batches,
                    String.format(
                            Locale.ROOT,
                            "batches of %d still depend on each other: lag-1 correlation %.2f,"
                                    + " over %.2f; run on, so that batches are longer",
                            size,
                            lag1,
                            bound));
        double squares = 0;
        for (double m : means) squares += (m - mean) * (m - mean);
        double error = Math.sqrt(squares / (batches - 1) / batches);
        return Estimate.of(
                mean,
                Estimates.studentT(level, batches - 1) * error,
                level,
                batches,
                batches + " batch means of " + size + " values, " + warmUp.method());
    }

    private double mean() {
        double sum = 0;
        for (double m : means) sum += m;
        return sum / means.size();
    }
}
