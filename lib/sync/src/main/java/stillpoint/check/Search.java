package stillpoint.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import stillpoint.evidence.Counts;

/// Breadth first through every reachable state, until a fault, the end, or a limit; each state
/// knows from which it was found, so that the way to a fault is the shortest.
///
/// A [Sweep], which knows less of a state, finds out first whether there is a fault at all.
final class Search implements Engine.Sink {
    static final String INTERRUPTED = "interrupted; run it again to finish";
    private static final int CHECK_EVERY = 1 << 12;

    private final Compiled compiled;
    private final Engine engine;
    private final Limits limits;
    private final Predicate<Hit> passedOver;
    private final Standstill standstill;
    private final StateTable table;
    private final long[] scratch;
    private final long start = System.nanoTime();
    private int expanding = -1;
    private long transitions;
    private int depth;
    private Optional<Found> found = Optional.empty();

    /// How a search ended.
    sealed interface Result {}

    /// Every reachable state was visited, and nothing was wrong.
    record Exhausted() implements Result {}

    /// A limit was reached.
    record Stopped(String reason) implements Result {}

    /// A fault in a transition of the last of these states, or, if `inTransition` is false, of the
    /// state itself.
    ///
    /// @param path the states from the first on, packed
    record Found(List<long[]> path, boolean inTransition, Hit hit) implements Result {}

    /// @param passedOver faults that do not count
    Search(Compiled compiled, Engine engine, Limits limits, Predicate<Hit> passedOver) {
        this.compiled = compiled;
        this.engine = engine;
        this.limits = limits;
        this.passedOver = passedOver;
        this.standstill = new Standstill(compiled);
        this.table = new StateTable(compiled.layout.words);
        this.scratch = new long[compiled.layout.words];
    }

    Result run() {
        table.add(compiled.initial, -1);
        var state = new long[compiled.layout.words];
        int levelEnd = 1;
        for (expanding = 0; expanding < table.size(); expanding++) {
            if (expanding == levelEnd) {
                depth++;
                levelEnd = table.size();
            }
            if (expanding % CHECK_EVERY == 0 || table.size() > limits.states()) {
                Optional<Stopped> stopped = stopped();
                if (stopped.isPresent()) return stopped.get();
            }
            table.load(expanding, state);
            boolean goesOn = engine.expand(state, true, this);
            if (found.isPresent()) return found.get();
            if (!goesOn) {
                Optional<Hit> hit = standstill.hit(state).filter(passedOver.negate());
                if (hit.isPresent()) return new Found(path(expanding), false, hit.get());
            }
        }
        return new Exhausted();
    }

    Counts counts() {
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Counts(
                table.size(),
                transitions,
                depth,
                compiled.layout.bits,
                (double) table.bytes() / table.size(),
                seconds);
    }

    @Override
    public void reached(long[] state, int cpu, int alternative) {
        transitions++;
        System.arraycopy(state, 0, scratch, 0, scratch.length);
        compiled.canonical(scratch);
        table.add(scratch, expanding);
    }

    @Override
    public void failed(long[] state, int cpu, int alternative, Hit hit) {
        transitions++;
        if (found.isEmpty()) found = Optional.of(new Found(path(expanding), true, hit));
    }

    private Optional<Stopped> stopped() {
        if (Thread.currentThread().isInterrupted()) return Optional.of(new Stopped(INTERRUPTED));
        return limits.reached(table.size(), table.bytesToGrow(), start).map(Stopped::new);
    }

    private List<long[]> path(int state) {
        var path = new ArrayList<long[]>();
        for (int s = state; s >= 0; s = table.parent(s)) {
            var packed = new long[compiled.layout.words];
            table.load(s, packed);
            path.add(packed);
        }
        Collections.reverse(path);
        return path;
    }
}
