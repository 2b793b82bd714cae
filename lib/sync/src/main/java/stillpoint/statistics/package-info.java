/// What may be said about numbers that chance has a part in, and how surely.
///
/// Takes whole numbers (nanoseconds, unless a caller says otherwise) in the order in which they
/// were drawn; gives estimates with intervals, p-values, and the moment to stop drawing. It knows
/// nothing of designs or machines, so that the simulator and the measurements are judged alike. The
/// same inputs give the same bits, whatever the number of threads. (Between kinds of processors the
/// last digit of an interval's end may differ, as that of `Math.log` may.)
///
/// Read first: [Sample], [Estimates], [Paired]. The types keep apart what is not to be mixed up:
///
/// - a [Sample] holds independent replications and knows the random numbers behind them ([Key]); a
///   [Series] holds one run in time order, whose values depend on each other, and gives no interval
///   but by [BatchMeans];
/// - [Paired] is for samples that share random numbers, [Unpaired] for those that do not, and each
///   refuses the other's;
/// - where the data cannot carry an interval, an [Estimate] has none, and says what it would take.
///
/// Where each method comes from:
///
/// | what | source |
/// | --- | --- |
/// | interval of a mean | Student 1908 |
/// | interval of a quantile | order statistics: Thompson 1936, Scheffé and Tukey 1945 (ties) |
/// | interval of a proportion | Clopper and Pearson 1934 |
/// | interval of a ratio of means | Fieller 1954 |
/// | difference of means, independent | Welch 1947 |
/// | signed ranks | Wilcoxon 1945; zeros: Pratt 1959 |
/// | rank sums; shift | Mann and Whitney 1947; Hodges and Lehmann 1963 |
/// | two distributions alike | Smirnov 1939 |
/// | several comparisons at once | Holm 1979 |
/// | sequential stopping | Chow and Robbins 1965; the least number of replications: Law 2015, 9.4 |
/// | warm-up | MSER-5: White 1997; moving average: Welch 1983 |
/// | batch means | Conway 1963; the look at lag 1: Law and Carson 1979 |
/// | histograms | HdrHistogram (Tene 2012) |
///
/// The distributions and tests are computed by Apache Commons Statistics; the tests of this package
/// compare them with enumerations, and [Calibration] tries every interval and every test on cases
/// whose truth is known.
@NullMarked
package stillpoint.statistics;

import org.jspecify.annotations.NullMarked;
