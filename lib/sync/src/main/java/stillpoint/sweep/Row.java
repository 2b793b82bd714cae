package stillpoint.sweep;

import stillpoint.simulate.Measure;
import stillpoint.simulate.Runs;
import stillpoint.statistics.Estimate;
import stillpoint.statistics.Estimates;
import stillpoint.statistics.Histogram;
import stillpoint.statistics.Sample;
import stillpoint.statistics.StoppingRule;

/// What one measure came to at a point.
///
/// @param measure which
/// @param mean with Student's interval
/// @param median with an interval of order statistics
/// @param p99 the same; without an interval where there are too few replications for one
/// @param n replications
/// @param histogram all of their values, to a thousandth (HDR)
/// @param precise the mean's interval is as narrow as the rule asks, for this measure
public record Row(
        Measure measure,
        Figure mean,
        Figure median,
        Figure p99,
        int n,
        boolean precise,
        Histogram histogram) {
    private static final double TAIL = 0.99;

    static Row of(Measure measure, Runs runs, StoppingRule rule) {
        Sample sample = runs.sample(measure);
        Estimate mean = Estimates.mean(sample, rule.level());
        return new Row(
                measure,
                Figure.of(mean),
                Figure.of(Estimates.quantile(sample, 0.5, rule.level())),
                Figure.of(Estimates.quantile(sample, TAIL, rule.level())),
                sample.size(),
                mean.interval()
                        .filter(i ->
                                i.halfWidth() <= rule.relativeHalfWidth() * Math.abs(mean.value()))
                        .isPresent(),
                Histogram.of(sample));
    }
}
