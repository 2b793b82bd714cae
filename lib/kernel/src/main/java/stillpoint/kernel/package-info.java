/// A Jupyter kernel for Java on `jdk.jshell`.
///
/// Takes the connection file of a Jupyter client; gives outputs while a cell runs, and keeps what
/// cells declare until it is told to end. It is a Java kernel for anyone: only
/// [stillpoint.kernel.preload] knows Stillpoint's values.
///
/// The sockets and messages are [stillpoint.kernel.wire]; this is the Java half:
///
/// - [Main] binds the sockets while a thread of its own makes the [Session] ready.
/// - [Kernel] answers requests: one thread for shell, one for control, so an interrupt is heard
///   while a cell runs.
/// - [Session] runs cells: it splits a cell into snippets, evaluates them and says how it ended as
///   an [Outcome].
/// - [CellControl] loads the classes of cells through the [Weaver], which gives them the cell's own
///   line numbers, a look at whether to stop in every loop, and a refusal in place of
///   `System.exit`.
/// - [Exhibition] shows values, [Outbox] publishes, in order, from whatever thread.
/// - [Comm] is for widgets: objects of a client that talk with objects of a cell.
///
/// Read first: [Kernel], [Session], [Weaver].
@NullMarked
package stillpoint.kernel;

import org.jspecify.annotations.NullMarked;
