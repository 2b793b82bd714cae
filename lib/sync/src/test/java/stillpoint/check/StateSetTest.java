package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of a sweep says of every state whether it is new, as a set of the JDK does.
class StateSetTest {
    private static final int STATES = 200_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyStateIsNewExactlyOnce(int words) {
        long[] states = random(words);
        var fresh = new ArrayList<Integer>();
        var set = new StateSet(words);
        assertThat(set.add(states, STATES, Long.MAX_VALUE, fresh::add)).isEqualTo(STATES);
        assertThat(fresh).isEqualTo(expected(states, words));
        assertThat(set.size()).isEqualTo(fresh.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theStateThatIsAllZerosIsNewOnce(int words) {
        var fresh = new ArrayList<Integer>();
        new StateSet(words).add(new long[3 * words], 3, Long.MAX_VALUE, fresh::add);
        assertThat(fresh).containsExactly(0);
    }

    @Test
    void aFullSetLooksAtNoMore() {
        var set = new StateSet(1);
        assertThat(set.add(new long[] {5, 5, 6, 7, 8}, 5, 2, s -> {})).isEqualTo(3);
        assertThat(set.size()).isEqualTo(2);
    }

    @Test
    void hashesOfOneWordAreAPermutation() {
        Set<Long> hashes = new HashSet<>();
        for (long state = 0; state < STATES; state++) hashes.add(StateSet.hash(state));
        assertThat(hashes).hasSize(STATES);
    }

    @Test
    void aQueueGivesStatesInTheirOrderWhileChunksAreUsedAgain() {
        var queue = new StateQueue(2);
        long taken = 0;
        var state = new long[2];
        for (long n = 0; n < STATES; n++) {
            queue.add(new long[] {n, -n}, 0);
            if (n % 3 == 0) continue;
            queue.take(state);
            assertThat(state).containsExactly(taken, -taken);
            taken++;
        }
        assertThat(queue.size()).isEqualTo(STATES - taken);
    }

    /// Few values, so that many states come again.
    private static long[] random(int words) {
        var random = new Random(1);
        var states = new long[STATES * words];
        for (int s = 0; s < STATES; s++) states[s * words] = random.nextLong(STATES) << 20;
        for (int at = 0; at < states.length; at++)
            if (at % words != 0) states[at] = states[at / words * words] >>> 30;
        return states;
    }

    private static List<Integer> expected(long[] states, int words) {
        Set<String> seen = new HashSet<>();
        var fresh = new ArrayList<Integer>();
        for (int s = 0; s < STATES; s++)
            if (seen.add(Arrays.toString(Arrays.copyOfRange(states, s * words, (s + 1) * words))))
                fresh.add(s);
        return fresh;
    }
}
