package stillpoint.program;

/// A kind of object with a life: it is allocated, published, dereferenced and freed.
///
/// A pointer to it is NULL, one of `slots` live objects, or dangling. Freeing an object rewrites
/// every live alias to dangling at once, so one slot serves any number of lives and states stay
/// finite.
///
/// @param name as the kernel spells it, for example `swap_map`
/// @param slots how many objects of it may live at the same time, 1 to 6
public record Kind(String name, int slots) {
    /// The pointer value that stands for NULL.
    public static final int NULL = 0;

    public Kind {
        if (slots < 1 || slots > 6)
            throw new IllegalArgumentException(
                    name
                            + ": "
                            + slots
                            + " slots: a kind has 1 to 6 objects alive at the same time");
    }

    /// The pointer value of an object that has been freed.
    public int dangling() {
        return slots + 1;
    }

    /// Width of a pointer to it.
    public int pointerBits() {
        return 32 - Integer.numberOfLeadingZeros(dangling());
    }

    @Override
    public String toString() {
        return name;
    }
}
