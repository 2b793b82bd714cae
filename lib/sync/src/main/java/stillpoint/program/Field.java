package stillpoint.program;

/// A field of a kind of object; [Ptr#at] makes it a [Cell] of one object.
///
/// @param variable its declaration, with its owner
public record Field<V extends Value>(Variable variable) {}
