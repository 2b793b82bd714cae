package stillpoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import stillpoint.check.Schedule.Turn;

/// Runs schedules: finds the one that a search's path of states stands for, follows one, and makes
/// one easier to read.
final class Replay {
    private final Compiled compiled;
    private final Engine engine;

    Replay(Compiled compiled, Predicate<Hit> passedOver) {
        this.compiled = compiled;
        this.engine = new Engine(compiled, passedOver, true);
    }

    /// One transition that was taken.
    ///
    /// @param state the state behind it, packed
    /// @param hit what went wrong in it
    record Move(Turn turn, long[] state, Optional<Hit> hit, List<Engine.Taken> trail) {}

    /// The schedule that goes through the states of a search.
    ///
    /// Under symmetry a state's parent is only equal to it up to the order of the twins, so the
    /// path is walked again from the start, unsorted, choosing each time a transition whose sorted
    /// outcome is the next state.
    Schedule schedule(Search.Found found) {
        var turns = new ArrayList<Turn>();
        long[] state = compiled.initial;
        for (long[] next : found.path().subList(1, found.path().size())) {
            Move move =
                    moves(state).stream()
                            .filter(m ->
                                    m.hit().isEmpty() && Arrays.equals(sorted(m.state()), next))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            "a path of the search cannot be walked again"));
            turns.add(move.turn());
            state = move.state();
        }
        if (found.inTransition())
            turns.add(
                    moves(state).stream()
                            .filter(m -> m.hit().equals(Optional.of(found.hit())))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            "the fault of the search does not show again"))
                            .turn());
        return new Schedule(turns);
    }

    /// Follows a schedule as far as it goes: shorter than the schedule when a turn is not possible,
    /// or after a fault.
    List<Move> follow(Schedule schedule) {
        var taken = new ArrayList<Move>();
        long[] state = compiled.initial;
        for (Turn turn : schedule.turns()) {
            Optional<Move> move =
                    turn.cpu() >= compiled.tasks.length ? Optional.empty() : move(state, turn);
            if (move.isEmpty()) return taken;
            taken.add(move.get());
            if (move.get().hit().isPresent()) return taken;
            state = move.get().state();
        }
        return taken;
    }

    /// The same end with fewer changes from one CPU to another: runs of turns are moved next to
    /// other runs of their CPU as long as the whole can still be followed.
    Schedule calmer(Schedule schedule) {
        Schedule best = schedule;
        for (boolean better = true; better; ) {
            better = false;
            for (Schedule other : neighbours(best))
                if (other.switches() < best.switches() && sameEnd(other, best)) {
                    best = other;
                    better = true;
                    break;
                }
        }
        return best;
    }

    private boolean sameEnd(Schedule one, Schedule other) {
        List<Move> a = follow(one);
        List<Move> b = follow(other);
        return a.size() == one.turns().size()
                && a.getLast().hit().equals(b.getLast().hit())
                && Arrays.equals(a.getLast().state(), b.getLast().state());
    }

    /// Each run of turns moved behind the run of its CPU before it, or before the run of its CPU
    /// behind it.
    private static List<Schedule> neighbours(Schedule schedule) {
        List<List<Turn>> runs = new ArrayList<>();
        for (Turn turn : schedule.turns()) {
            if (runs.isEmpty() || runs.getLast().getLast().cpu() != turn.cpu())
                runs.add(new ArrayList<>());
            runs.getLast().add(turn);
        }
        var found = new ArrayList<Schedule>();
        for (int from = 0; from < runs.size(); from++)
            for (int to = 0; to <= runs.size(); to++) {
                boolean apart = to < from || to > from + 1;
                if (!apart || !touches(runs, to, runs.get(from).getFirst().cpu())) continue;
                List<List<Turn>> moved = new ArrayList<>(runs);
                List<Turn> run = moved.remove(from);
                moved.add(to > from ? to - 1 : to, run);
                found.add(new Schedule(moved.stream().flatMap(List::stream).toList()));
            }
        return found;
    }

    private static boolean touches(List<List<Turn>> runs, int gap, int cpu) {
        return gap > 0 && runs.get(gap - 1).getFirst().cpu() == cpu
                || gap < runs.size() && runs.get(gap).getFirst().cpu() == cpu;
    }

    /// What is wrong with the state a run has come to, if nothing goes on from there.
    Optional<Hit> atRest(List<Move> run) {
        long[] state = run.isEmpty() ? compiled.initial : run.getLast().state();
        boolean goesOn = engine.expand(state, false, collecting(new ArrayList<>()));
        return goesOn ? Optional.empty() : new Standstill(compiled).hit(state);
    }

    private Optional<Move> move(long[] state, Turn turn) {
        var moves = new ArrayList<Move>();
        engine.expand(state, turn.cpu(), collecting(moves));
        return moves.stream().filter(m -> m.turn().equals(turn)).findFirst();
    }

    private List<Move> moves(long[] state) {
        var moves = new ArrayList<Move>();
        engine.expand(state, false, collecting(moves));
        return moves;
    }

    private Engine.Sink collecting(List<Move> moves) {
        return new Engine.Sink() {
            @Override
            public void reached(long[] next, int cpu, int way) {
                moves.add(
                        new Move(
                                new Turn(cpu, way),
                                next.clone(),
                                Optional.empty(),
                                engine.trail()));
            }

            @Override
            public void failed(long[] next, int cpu, int way, Hit hit) {
                moves.add(
                        new Move(
                                new Turn(cpu, way),
                                next.clone(),
                                Optional.of(hit),
                                engine.trail()));
            }
        };
    }

    private long[] sorted(long[] state) {
        long[] sorted = state.clone();
        compiled.canonical(sorted);
        return sorted;
    }
}
