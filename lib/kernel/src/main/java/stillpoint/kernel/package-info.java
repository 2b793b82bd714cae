/// A Jupyter kernel for Java on `jdk.jshell`.
///
/// Takes the connection file of a Jupyter client; gives outputs while a cell runs, and keeps what
/// cells declare until it is told to end. It is a Java kernel for anyone: only
/// [stillpoint.kernel.preload] knows Stillpoint's values.
///
/// The messages, their frames and signatures are those of `org.dflib.jjava:jjava-jupyter`; the
/// sockets are waited on instead of polled, and the Java half is ours:
///
/// - [Main] binds the sockets while a thread of its own makes the [Session] ready.
/// - [Kernel] answers requests: one thread for shell, one for control, so an interrupt is heard
///   while a cell runs.
/// - [Session] runs cells: it splits a cell into snippets, evaluates them and says how it ended as
///   an [Outcome].
/// - [CellControl] loads the classes of cells through the [Weaver], which gives them the cell's own
///   line numbers, a look at whether to stop in every loop, and a refusal in place of
///   `System.exit`.
/// - [Outbox] publishes, in order, from whatever thread.
///
/// Read first: [Kernel], [Session], [Weaver].
@NullMarked
package stillpoint.kernel;

import org.jspecify.annotations.NullMarked;
