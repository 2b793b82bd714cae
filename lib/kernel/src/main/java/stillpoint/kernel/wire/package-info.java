/// The wire between a kernel and its clients: Jupyter's messaging protocol 5.4 on ZeroMQ.
///
/// Takes a connection file and frames of bytes; gives [Message]s that are signed with the key of
/// that file, and nothing else. It knows no Java of cells: what a message means is the kernel's.
///
/// Sockets are waited on, never polled. Two things may be waited for at once, a message and a call
/// from another thread: that is a [Bell].
///
/// Read first: [Connection], [Message], [Socket].
@NullMarked
package stillpoint.kernel.wire;

import org.jspecify.annotations.NullMarked;
