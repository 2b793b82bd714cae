/// The timing simulator: what each design costs on 1 to 8192 CPUs.
///
/// Takes a [Scene] of recorded programs and a [Setup]; gives the [Outcome] of a run, or the [Runs]
/// of an [Experiment]. Time is whole nanoseconds; what is to come lies in [PendingEvents]. Graphs
/// are flattened and priced ([Compiler]), the [Interpreter] takes their steps, [Cpus] says whose
/// turn it is on a CPU, [Lines] what a cache line costs. A reader is simulated from the moment on
/// at which somebody meets it ([Encounters]); before that only the [Cycle] that it goes through is
/// known.
///
/// Read first: [Scene], [Setup], [Simulation].
@NullMarked
package stillpoint.simulate;

import org.jspecify.annotations.NullMarked;
