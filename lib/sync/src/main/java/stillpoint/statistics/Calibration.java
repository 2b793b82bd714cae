package stillpoint.statistics;

import java.util.function.IntFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/// A method of statistics tried on cases whose truth is known: how often it does what it promises.
///
/// A single try can fail by chance, so the count is held against the range that a binomial count of
/// the promised rate keeps within in 95 of 100 calibrations.
///
/// @param what the method and the case in words
/// @param hits how often
/// @param trials of how many
/// @param promised the rate that is promised, for example 0.95 of intervals or 0.05 of p-values
public record Calibration(String what, int hits, int trials, double promised) {
    /// A/A pairs below which a rate of 5 % says little: its band would reach from 0 to 10 %.
    public static final int LEAST_PAIRS = 200;

    public Calibration {
        Demand.level(promised);
        Demand.atLeast(1, trials, "trials", "try 1000");
        if (hits < 0 || hits > trials)
            throw new IllegalArgumentException(
                    "hits = " + hits + ": of " + trials + " trials, 0 to " + trials);
    }

    /// How often an interval holds the true value. An estimate without an interval is refused: it
    /// neither holds nor misses.
    ///
    /// @param estimate of trial 0, 1, ...; each from random numbers of its own
    public static Calibration coverage(
            String what, double truth, int trials, IntFunction<Estimate> estimate) {
        Demand.atLeast(1, trials, "trials", "try 1000");
        int covered = 0;
        double level = Double.NaN;
        for (int trial = 0; trial < trials; trial++) {
            Estimate made = estimate.apply(trial);
            Interval interval =
                    made.interval()
                            .orElseThrow(() ->
                                    new IllegalArgumentException(what + ", " + made.method()));
            level = interval.level();
            if (interval.contains(truth)) covered++;
        }
        return new Calibration(what, covered, trials, level);
    }

    /// How often a test at `alpha` finds a difference where there is none: in an A/A run, whose two
    /// sides are one design under *different* seeds ([Unpaired], [Paired#ofOneDesign]).
    ///
    /// @param pairs at least [#LEAST_PAIRS]
    /// @param test of pair 0, 1, ...; each with two seeds of its own
    public static Calibration falsePositives(
            String what, double alpha, int pairs, IntFunction<PValue> test) {
        Demand.atLeast(LEAST_PAIRS, pairs, "pairs", "fewer cannot tell 5 % from 1 % or 10 %");
        int found = 0;
        for (int pair = 0; pair < pairs; pair++) if (test.apply(pair).p() <= alpha) found++;
        return new Calibration(what, found, pairs, alpha);
    }

    /// The least count that is no surprise: fewer come in at most 2.5 % of calibrations.
    public int least() {
        return binomial().inverseCumulativeProbability(0.025);
    }

    /// The greatest count that is no surprise: more come in at most 2.5 % of calibrations.
    public int most() {
        return binomial().inverseCumulativeProbability(0.975);
    }

    /// The method does what it promises, as far as so many trials can tell.
    public boolean agrees() {
        return least() <= hits && hits <= most();
    }

    /// The rate with its interval.
    public Estimate rate() {
        return Estimates.proportion(hits, trials, 0.95);
    }

    private BinomialDistribution binomial() {
        return BinomialDistribution.of(trials, promised);
    }

    @Override
    public String toString() {
        return what + ": " + hits + " of " + trials + ", expected " + least() + " to " + most();
    }
}
