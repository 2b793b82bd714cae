/// The language: plain Java over a [Cpu], recorded once into a finite flow graph of steps.
///
/// Takes a method that calls kernel verbs (`cpu.preemptDisable()`, `cpu.read(cell)`,
/// `cpu.synchronizeRcu()`) on symbolic values; gives a [Flow]. A question about a value
/// (`flags.has(VALID)`) is answered by the recorder, which later runs the Java again with the other
/// answer, so the graph is the union of the runs.
///
/// Rules an author meets:
/// - A question is a method of [Val] or [Ptr] (`is`, `has`, `below`, `isNull`); `==` on a value
///   compiles and asks nothing: the verdict is then inconclusive and names the line.
/// - What a Java variable would carry around a loop or out of an arm is carried by [Cpu#local].
/// - The graph does not depend on the number of CPUs: [Cpu#forEachCpu] is a node.
///
/// Read first: [Cpu], [Flow], [Recorder].
@NullMarked
package stillpoint.program;

import org.jspecify.annotations.NullMarked;
