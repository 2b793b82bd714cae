package stillpoint.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.random.Stream;

/// What is pending comes in the order of time, then of slots.
class PendingEventsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 15, 16, 17, 64, 65, 100, 1000, 4097})
    void anyMixOfOperationsGivesWhatASortedSetGives(int slots) {
        for (int seed = 0; seed < 4; seed++) compare(slots, new Random(seed * 31L + slots));
    }

    private static void compare(int slots, Random random) {
        PendingEvents ours = new PendingEvents(slots);
        Agenda plain = new Agenda();
        long soon = 1 + random.nextInt(3 * slots);
        for (int step = 0; step < 20_000; step++) {
            int slot = random.nextInt(slots);
            switch (random.nextInt(5)) {
                case 0 -> {
                    ours.cancel(slot);
                    plain.cancel(slot);
                }
                case 1 -> {
                    int next = plain.first();
                    if (next >= 0) {
                        ours.cancel(next);
                        plain.cancel(next);
                    }
                }
                default -> {
                    long time = random.nextLong(soon);
                    ours.set(slot, time);
                    plain.set(slot, time);
                }
            }
            if (!agree(ours, plain, slot)) fail(slots + " slots: wrong after step " + step);
        }
    }

    private static boolean agree(PendingEvents ours, Agenda plain, int slot) {
        int first = plain.first();
        return ours.first() == first
                && ours.isEmpty() == first < 0
                && ours.isPending(slot) == plain.isPending(slot)
                && (first < 0 || ours.time() == plain.time())
                && (first < 0 || ours.time(first) == plain.time());
    }

    @Test
    void timeNeverRunsBackwards() {
        PendingEvents pending = hold(10_000);
        Stream stream = Stream.of(1, "order", 0, 0);
        long now = 0;
        for (int event = 0; event < 100_000; event++) {
            if (pending.time() < now) fail("event " + event + " is before the last one");
            now = pending.time();
            pending.set(pending.first(), now + stream.nextInt(1000));
        }
    }

    @Test
    void equalTimesComeInTheOrderOfTheSlotsHoweverTheyWereSet() {
        List<Integer> slots = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(slots, new Random(seed));
            PendingEvents pending = new PendingEvents(200);
            for (int slot : slots) pending.set(slot, slot / 50);
            assertThat(drain(pending)).containsExactlyElementsOf(IntStream.range(0, 200)::iterator);
        }
    }

    private static List<Integer> drain(PendingEvents pending) {
        List<Integer> order = new ArrayList<>();
        for (int slot; (slot = pending.first()) >= 0; pending.cancel(slot)) order.add(slot);
        return order;
    }

    @Test
    void aMillionSlotsAndTheLatestTimeFit() {
        PendingEvents pending = new PendingEvents(PendingEvents.MAX_SLOTS);
        int last = PendingEvents.MAX_SLOTS - 1;
        pending.set(last, PendingEvents.MAX_TIME);
        assertThat(pending.first()).isEqualTo(last);
        assertThat(pending.time(last)).isEqualTo((1L << 43) - 1);
    }

    @Test
    void whatIsClearedIsGone() {
        PendingEvents pending = hold(100);
        pending.clear();
        assertThat(pending.isEmpty()).isTrue();
        assertThat(pending.first()).isEqualTo(-1);
    }

    /// Bytes that a thread allocates while 200,000 events happen, compiled or not: the fewest of
    /// five times, since now and then the runtime allocates something of its own on the thread.
    @Test
    void noEventAllocates() {
        PendingEvents pending = hold(8192);
        Stream stream = Stream.of(1, "allocation", 0, 0);
        long[] states = new long[8192];
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        events(pending, stream, states, 1000);
        long fewest = Long.MAX_VALUE;
        for (int window = 0; window < 5; window++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            events(pending, stream, states, 200_000);
            fewest = Math.min(fewest, thread.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(fewest).isLessThan(100);
    }

    private static void events(PendingEvents pending, Stream stream, long[] states, int events) {
        for (int event = 0; event < events; event++) {
            int slot = pending.first();
            stream.state(states[slot]);
            pending.set(slot, pending.time() + 1 + (long) (1000 * stream.nextExponential()));
            states[slot] = stream.state();
        }
    }

    private static PendingEvents hold(int slots) {
        PendingEvents pending = new PendingEvents(slots);
        Stream stream = Stream.of(1, "hold", 0, 0);
        for (int slot = 0; slot < slots; slot++) pending.set(slot, stream.nextInt(1000));
        return pending;
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 43, Long.MIN_VALUE, Long.MAX_VALUE})
    void aTimeOutOfBoundsIsRefusedAndChangesNothing(long time) {
        PendingEvents pending = new PendingEvents(4);
        pending.set(2, 7);
        assertThatThrownBy(() -> pending.set(2, time))
                .hasMessageContaining(
                        "time = " + time + " ns: an event is at 0 to 8796093022207 ns");
        assertThat(pending.time(2)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 4, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aSlotThatIsNotThereIsRefused(int slot) {
        PendingEvents pending = new PendingEvents(3);
        String message = "slot = " + slot + ": the slots are 0 to 2";
        assertThatThrownBy(() -> pending.set(slot, 1)).hasMessage(message);
        assertThatThrownBy(() -> pending.cancel(slot)).hasMessage(message);
        assertThatThrownBy(() -> pending.isPending(slot)).hasMessage(message);
    }

    @Test
    void whereNothingIsPendingThereIsNoTime() {
        PendingEvents pending = new PendingEvents(3);
        assertThatThrownBy(pending::time).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> pending.time(1)).hasMessageContaining("ask isPending(1) first");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void asManySlotsAreRefused(int slots) {
        assertThatThrownBy(() -> new PendingEvents(slots))
                .hasMessageContaining("slots = " + slots + ": there are 1 to 1000000 slots");
    }
}
