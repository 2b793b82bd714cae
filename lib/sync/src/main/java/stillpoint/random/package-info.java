/// Chance that can be repeated: named streams of random numbers, and the durations drawn from them.
///
/// Takes a seed, what the numbers are for, and for whom; gives the same numbers on every machine,
/// with any number of worker threads and in every release of the JDK. A stream starts where a hash
/// of its name says, never where another one stopped, so that designs that are compared see the
/// same readers (common random numbers).
///
/// A [Distribution] of durations can also be asked what somebody who looks at a random time finds
/// left of one ([Distribution#residual]): this is what lets a simulator look at a CPU only when
/// somebody touches it.
///
/// Read first: [Stream], [Distribution], [Exponential].
@NullMarked
package stillpoint.random;

import org.jspecify.annotations.NullMarked;
