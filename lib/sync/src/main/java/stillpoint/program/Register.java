package stillpoint.program;

import java.util.Optional;

/// The shape of a register.
///
/// @param bits its width
/// @param pointee what it points to, if it is a pointer
public record Register(int bits, Optional<Kind> pointee) {
    /// A word of `bits` bits.
    static Register word(int bits) {
        return new Register(bits, Optional.empty());
    }

    /// A pointer to an object of `kind`.
    static Register pointer(Kind kind) {
        return new Register(kind.pointerBits(), Optional.of(kind));
    }
}
