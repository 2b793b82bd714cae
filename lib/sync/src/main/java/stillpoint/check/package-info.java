/// The checker: an exhaustive breadth-first search over packed states, and the shortest trace to
/// whatever is wrong.
///
/// Takes a [stillpoint.machine.Model] and a [stillpoint.machine.Config]; gives a
/// [stillpoint.evidence.Verdict]. Graphs are flattened ([Code]), states are packed into words
/// ([Layout]), a [Transition] is one turn of a task, the [Engine] takes all those of a state, the
/// [Search] those of all states. Every [Reductions] can be switched off; the verdict may not
/// change. On whole graphs of states ([StateGraph]), [Refinement] compares two models by their
/// events, [Behaviours] is all that an observer sees of one, faults and rest too, and [Liveness]
/// looks for what never comes to pass.
///
/// Read first: [Checker], [Reductions], [Engine].
@NullMarked
package stillpoint.check;

import org.jspecify.annotations.NullMarked;
