package stillpoint.random;

/// A distribution of durations.
///
/// A draw is a real number, rounded to the nearest nanosecond; [#mean], [#survival] and
/// [#equilibriumSurvival] are those of the real number. No draw is longer than [#LONGEST_NS], as a
/// simulation could not wait for it: this cuts the tail of [HeavyTail], and of no other.
///
/// Somebody who looks at a random time is more likely to hit a long duration than a short one. What
/// is then left of it has the *equilibrium* distribution, `P(left > x) = 1/mean · ∫ P(S > u) du`
/// from x to infinity (Cox, *Renewal Theory*, 1962, section 5.4). [#residual] draws from it,
/// exactly for every kind here.
public sealed interface Distribution
        permits Fixed, Exponential, Uniform, HeavyTail, LogNormal, Mixture, Extended {
    /// Longest draw: 2^42 ns, 73 minutes.
    long LONGEST_NS = 1L << 42;

    /// Longest mean, and longest of the durations that are given: a minute.
    long LONGEST_MEAN_NS = 60_000_000_000L;

    /// A duration, in ns.
    long sample(Stream stream);

    /// Mean duration, in ns.
    double mean();

    /// What somebody who looks at a random time finds left of the duration that he finds, in ns; 0
    /// if durations are always 0.
    long residual(Stream stream);

    /// Probability that a duration is longer.
    ///
    /// @param ns if it is negative, the answer is 1
    double survival(double ns);

    /// Probability that somebody who looks at a random time finds more left: `1 - G_e`.
    ///
    /// @param ns if it is negative, the answer is 1
    double equilibriumSurvival(double ns);

    /// The same with every duration multiplied. From the same stream, every draw is multiplied too,
    /// but for its rounding.
    ///
    /// @param factor over 0
    /// @throws IllegalArgumentException if it is not, or if a duration becomes longer than a minute
    Distribution scaled(double factor);

    /// Reads what `toString` prints:
    ///
    /// ```
    /// fixed 2us                             always the same
    /// exp 2us                               exponential with this mean
    /// uniform 1us 3us                       anything between
    /// pareto 2us 2.5                        heavy tail with this mean and index
    /// lognormal 2us 0.5                     with this mean and deviation of the logarithm
    /// exp 2us + 1e-4 * fixed 4ms            one in 10^4 takes 4 ms more, such as a preempted reader
    /// 0.01 * fixed 1ms or exp 2us           one in 100 is of another kind
    /// (0.01 * fixed 1ms or exp 2us) + fixed 100ns
    /// ```
    ///
    /// @throws IllegalArgumentException if the text is not of this form, with the place, or if a
    ///   number is out of its bounds
    static Distribution parse(String text) {
        return new DistributionText(text).read();
    }
}
