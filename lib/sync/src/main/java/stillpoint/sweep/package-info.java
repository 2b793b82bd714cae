/// Sweeps: designs by CPUs, ticks, loads and machines, on all processors, over several machines,
/// and through a kill.
///
/// Takes designs and [values of parameters][Parameter]; gives [Results], which are a
/// [stillpoint.evidence.Table] and a CSV with its provenance. A sweep is a [Plan]: its points have
/// numbers, and what a point comes to depends on the plan alone, never on the worker, the shard or
/// the attempt that it was computed in. Hence the same bytes from one machine or from ten.
///
/// Read first: [Sweep], [Plan], [Results].
@NullMarked
package stillpoint.sweep;

import org.jspecify.annotations.NullMarked;
