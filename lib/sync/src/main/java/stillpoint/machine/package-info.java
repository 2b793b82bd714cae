/// The machine that programs run on: who runs them, on which CPU, and what the chosen kernel
/// configuration lets a CPU be stopped in.
///
/// Takes recorded programs; gives a [Model], which the checker searches. Several tasks may share a
/// CPU: threads, a stopper thread, interrupt handlers ([Level], [Agent]). The promises of the
/// waiting primitives live in [Config]: who lets whom in, where a stopper may preempt a CPU and
/// what counts as a quiescent state.
///
/// Not modelled: priorities within a level, time slices (a task may be kept waiting for ever), soft
/// interrupts, and what a CPU goes through on its way off line.
///
/// Read first: [Config], [Agent], [Model].
@NullMarked
package stillpoint.machine;

import org.jspecify.annotations.NullMarked;
