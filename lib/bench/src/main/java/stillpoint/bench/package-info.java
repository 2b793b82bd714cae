/// Benchmarks: one method a bar. Each says what it measures and what bar it stands for.
///
/// Read first: [CheckBenchmark].
@NullMarked
package stillpoint.bench;

import org.jspecify.annotations.NullMarked;
