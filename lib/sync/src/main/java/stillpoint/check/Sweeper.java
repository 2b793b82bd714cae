package stillpoint.check;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/// One thread's part of a sweep: the states whose hashes it owns, those of them still to be
/// expanded, and what it has found for the owners.
///
/// A hot core: mutable; what others read of it, they read on the other side of a barrier.
final class Sweeper implements Engine.Sink {
    /// So many states are expanded before their successors are looked up.
    private static final int ROUND = 1 << 11;

    /// So many of the states found last are remembered, one a slot, in what a processor reaches
    /// without a miss: half of all states that are found were found a moment ago.
    private static final int RECENT = 1 << 14;

    private final Compiled compiled;
    private final Engine engine;
    private final Standstill standstill;
    private final Predicate<Hit> passedOver;
    private final int words;
    private final boolean fingerprints;
    private final StateSet set;
    private final long[] state;
    private final long[] scratch;
    private final long[] recent;
    private final long[][] found;
    private final int[] counts;
    private long[] hashes = new long[0];
    private StateQueue level;
    private StateQueue next;
    private long transitions;
    private Optional<Hit> failure = Optional.empty();

    Sweeper(Compiled compiled, Predicate<Hit> passedOver, Means means) {
        this.compiled = compiled;
        this.engine = new Engine(compiled, passedOver);
        this.standstill = new Standstill(compiled);
        this.passedOver = passedOver;
        this.words = compiled.layout.words;
        this.fingerprints = means.fingerprints() && words > 1;
        this.set = new StateSet(fingerprints ? 1 : words);
        this.state = new long[words];
        this.scratch = new long[words];
        this.recent = new long[words == 1 ? RECENT : 0];
        if (words == 1) recent[0] = 1;
        this.found = new long[means.workers()][8 * ROUND * words];
        this.counts = new int[means.workers()];
        this.level = new StateQueue(words);
        this.next = new StateQueue(words);
    }

    long states() {
        return set.size();
    }

    long transitions() {
        return transitions;
    }

    /// The first fault that it has met.
    Optional<Hit> failure() {
        return failure;
    }

    /// Whether it keeps hashes in place of states.
    boolean fingerprints() {
        return fingerprints;
    }

    int bits() {
        return compiled.layout.bits;
    }

    boolean occurred(int label) {
        return engine.occurred(label);
    }

    long bytes() {
        long batches = hashes.length * 8L;
        for (long[] batch : found) batches += batch.length * 8L;
        return set.bytes() + level.bytes() + next.bytes() + batches;
    }

    /// How many states of this level are still to be expanded.
    long left() {
        return level.size();
    }

    /// How many states the next level has so far.
    long waiting() {
        return next.size();
    }

    void nextLevel() {
        StateQueue emptied = level;
        level = next;
        next = emptied;
    }

    void start() {
        keep(compiled.initial);
    }

    /// Expands some states of this level.
    void expand() {
        for (int n = 0; n < ROUND && level.size() > 0 && failure.isEmpty(); n++) {
            level.take(state);
            boolean goesOn = engine.expand(state, true, this);
            if (!goesOn && failure.isEmpty())
                failure = standstill.hit(state).filter(passedOver.negate());
        }
    }

    /// Takes in what everybody has found of its own states, until it has `most`.
    void absorb(Sweeper[] all, int self, long most) {
        for (Sweeper each : all) {
            if (set.size() < most) absorb(each.found[self], each.counts[self], most);
            each.counts[self] = 0;
        }
    }

    private void absorb(long[] batch, int count, long most) {
        StateQueue into = next;
        set.add(
                fingerprints ? hashed(batch, count) : batch,
                count,
                most,
                s -> into.add(batch, s * words));
    }

    private long[] hashed(long[] batch, int count) {
        if (hashes.length < count) hashes = new long[batch.length / words];
        for (int s = 0; s < count; s++) hashes[s] = StateSet.hash(batch, s * words, words);
        return hashes;
    }

    @Override
    public void reached(long[] reached, int task, int alternative) {
        transitions++;
        keep(reached);
    }

    private void keep(long[] reached) {
        if (words == 1 && found.length == 1) {
            keepOne(reached[0]);
            return;
        }
        System.arraycopy(reached, 0, scratch, 0, words);
        compiled.canonical(scratch);
        long hash = StateSet.hash(scratch, 0, words);
        if (words == 1 && fresh(scratch[0], hash) == 0) return;
        int owner = found.length == 1 ? 0 : owner(hash, found.length);
        int at = counts[owner]++ * words;
        if (at == found[owner].length) found[owner] = Arrays.copyOf(found[owner], 2 * at);
        System.arraycopy(scratch, 0, found[owner], at, words);
    }

    private void keepOne(long reached) {
        scratch[0] = reached;
        compiled.canonical(scratch);
        long canonical = scratch[0];
        int at = counts[0];
        long[] batch = found[0];
        if (at == batch.length) {
            batch = Arrays.copyOf(batch, 2 * at);
            found[0] = batch;
        }
        batch[at] = canonical;
        counts[0] = at + fresh(canonical, StateSet.hash(canonical));
    }

    /// 0 if the state was found a moment ago, else 1: a number, since no processor can predict the
    /// branch. A free slot is 0, and so is the hash of 0: that slot begins with what is not 0.
    private int fresh(long found, long hash) {
        int slot = (int) (hash >>> 20) & RECENT - 1;
        long difference = recent[slot] ^ found;
        recent[slot] = found;
        return (int) ((difference | -difference) >>> 63);
    }

    /// From bits of the hash that choose neither a segment nor a slot of a small one.
    private static int owner(long hash, int workers) {
        return (int) ((hash >>> 40 & 0xFFFF) * workers >>> 16);
    }

    @Override
    public void failed(long[] at, int task, int alternative, Hit hit) {
        transitions++;
        if (failure.isEmpty()) failure = Optional.of(hit);
    }
}
