package stillpoint.simulate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a machine charges for, in nanoseconds each time. The constants are the rows that every
/// machine has in its price list.
public enum Quantity {
    /// A load, or a store into the store buffer, on a line that the CPU has.
    HIT,
    /// A read-modify-write on a line that the CPU owns.
    ATOMIC,
    /// A line comes over from another hardware thread of the same core.
    FROM_SIBLING,
    /// A line comes over from another core of the same socket.
    FROM_SOCKET,
    /// A line comes over from a neighbouring socket.
    FROM_NEIGHBOUR,
    /// A line comes over from a socket across the interconnect.
    FROM_AFAR,
    /// One change of a line that many CPUs want, when the next one begins behind it: while they
    /// queue, the way of the line overlaps with the changes before.
    CONTENDED,
    /// A full barrier, besides what it waits for.
    FULL_FENCE,
    /// Counting preemption off or on, where it is counted.
    PREEMPT_COUNT,
    /// Turning interrupts off or on.
    IRQ_FLAG,
    /// Entering or leaving an RCU section, where that counts.
    RCU_NESTING,
    /// A contended lock goes on to the next waiter, besides the transfer of its line.
    LOCK_HANDOVER,
    /// The waker's own time for one wake-up.
    WAKE_UP,
    /// The sender's own time for one interrupt to another CPU.
    SEND_IPI,
    /// From a wake-up or an interrupt to another CPU until that CPU notices.
    IPI,
    /// A CPU comes out of an idle state.
    IDLE_EXIT,
    /// One task gives way to another.
    SWITCH,
    /// An interrupt's way in, or its way out.
    INTERRUPT,
    /// Memory is allocated.
    ALLOCATE,
    /// Memory is freed.
    FREE;

    /// The name in a price list: `from socket`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// The quantity with this name.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static Quantity named(String word) {
        return Arrays.stream(values())
                .filter(q -> q.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "quantity \""
                                        + word
                                        + "\": a machine has a price for "
                                        + Arrays.stream(values())
                                                .map(Quantity::word)
                                                .collect(Collectors.joining(", "))));
    }
}
