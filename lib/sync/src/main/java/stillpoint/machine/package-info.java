/// The machine that programs run on: who runs them, and what the chosen kernel configuration lets a
/// CPU be stopped in.
///
/// Takes recorded programs; gives a [Model], which the checker searches. The promises of the
/// waiting primitives live in [Config]: where a stopper may preempt a CPU and what counts as a
/// quiescent state.
///
/// Read first: [Config], [Model].
@NullMarked
package stillpoint.machine;

import org.jspecify.annotations.NullMarked;
