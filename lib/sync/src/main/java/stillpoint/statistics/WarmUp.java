package stillpoint.statistics;

import java.util.ArrayList;
import java.util.List;

/// How much of a run's beginning is left out, because the run had not yet forgotten how it started.
///
/// [#mser5] decides; [#movingAverage] is the picture to check it by.
///
/// @param truncated so many values from the start
/// @param settled the run is long enough to tell: the best truncation lies in its first half
/// @param method in words
public record WarmUp(int truncated, boolean settled, String method) {
    private static final int BATCH = 5;
    private static final int LAST = 5;

    public WarmUp {
        Demand.atLeast(0, truncated, "truncated", "0 leaves nothing out");
    }

    /// Nothing is left out: the run started in its steady state.
    public static WarmUp none() {
        return new WarmUp(0, true, "no warm-up");
    }

    /// MSER-5 (White 1997): over means of five, the truncation that makes the squared standard
    /// error of what remains smallest. Of equal ones the shortest. The last five means always
    /// remain, since so few may agree by chance; where the truncation lies in the second half the
    /// run is too short to tell (both: Hoad, Robinson and Davies 2010).
    ///
    /// @throws IllegalArgumentException under 100 values
    public static WarmUp mser5(Series series) {
        Demand.atLeast(20 * BATCH, series.size(), "values", "MSER-5 takes 20 means of 5; run on");
        double[] means = series.batches(0, BATCH);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        double mean = 0;
        double squares = 0;
        // From the end, so that what remains grows by one (Welford 1962).
        for (int d = means.length - 1; d >= 0; d--) {
            int n = means.length - d;
            double before = means[d] - mean;
            mean += before / n;
            squares += before * (means[d] - mean);
            double error = squares / ((double) n * n);
            if (n >= LAST && error <= least) {
                least = error;
                best = d;
            }
        }
        int half = means.length / 2;
        boolean settled = best <= half;
        int truncated = Math.min(best, half) * BATCH;
        return new WarmUp(
                truncated,
                settled,
                "MSER-5, "
                        + truncated
                        + " of "
                        + series.size()
                        + " values left out"
                        + (settled ? "" : ", and more would be better"));
    }

    /// Welch's picture (1983): the mean over replications at each place, then the mean over
    /// `window` places to either side; near the start over as many as there are. It is flat where
    /// the steady state is reached.
    ///
    /// @param replications of equal length
    /// @param window at least 0, at most a quarter of the length
    public static List<Double> movingAverage(List<Series> replications, int window) {
        Demand.atLeast(1, replications.size(), "replications", "the picture needs one");
        int length = replications.getFirst().size();
        for (Series series : replications)
            if (series.size() != length)
                throw new IllegalArgumentException(
                        length
                                + " and "
                                + series.size()
                                + " values: replications are equally long; cut the longer ones");
        if (window < 0 || window > length / 4)
            throw new IllegalArgumentException(
                    "window = "
                            + window
                            + ": 0 to a quarter of the length, "
                            + length / 4
                            + "; take a smaller one, or run on");
        var cumulative = new double[length + 1];
        for (int i = 0; i < length; i++) {
            double sum = 0;
            for (Series series : replications) sum += series.at(i);
            cumulative[i + 1] = cumulative[i] + sum / replications.size();
        }
        var averages = new ArrayList<Double>(length - window);
        for (int i = 0; i < length - window; i++) {
            int reach = Math.min(i, window);
            averages.add((cumulative[i + reach + 1] - cumulative[i - reach]) / (2.0 * reach + 1));
        }
        return List.copyOf(averages);
    }
}
