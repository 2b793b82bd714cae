package stillpoint.kernel.wire;

/// What came from a client that has the key.
public sealed interface Received {
    /// Its type, its header and the way back.
    Message message();

    /// A message that can be understood.
    record Whole(Message message) implements Received {}

    /// A message whose content is left out, since it cannot be used.
    ///
    /// @param why one line for whoever sent it
    record Refused(Message message, String why) implements Received {}
}
