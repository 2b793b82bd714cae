package stillpoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import stillpoint.check.Schedule.Turn;
import stillpoint.evidence.Trace;
import stillpoint.program.Step;
import stillpoint.program.Told;

/// What keeps the tasks of a run that never ends from their ends: what each waits for and who has
/// it, or where it goes round.
///
/// Who holds a lock is found from the run: a state knows only that it is held. Where a task was
/// last is told by the rows, whose functions are those of the unmerged program.
final class Hindrance {
    private static final String READ = "READ";

    private final Compiled compiled;
    private final List<String> columns;
    private final List<Replay.Move> moves;
    private final int stem;
    private final List<Trace.Row> first;
    private final List<Trace.Row> round;

    /// @param turns the way to the cycle, and once around it
    /// @param stem how many turns the way has
    /// @param first the rows of the way
    /// @param round those of the cycle
    Hindrance(
            StateGraph graph,
            List<Turn> turns,
            int stem,
            List<Trace.Row> first,
            List<Trace.Row> round) {
        this.compiled = graph.compiled();
        this.columns = Narrator.columns(compiled.model);
        this.moves = graph.follow(new Schedule(turns));
        this.stem = stem;
        this.first = List.copyOf(first);
        this.round = List.copyOf(round);
    }

    /// One sentence a task that is not at its end.
    List<String> all() {
        var all = new ArrayList<String>();
        for (Task task : compiled.tasks)
            if (!task.over(state(moves.size()))) all.add(columns.get(task.id) + " " + of(task));
        return all;
    }

    private String of(Task task) {
        Optional<String> first = Optional.empty();
        boolean always = true;
        for (int taken = stem; taken <= moves.size(); taken++) {
            Optional<String> hindered = hindered(task, taken);
            if (first.isEmpty()) first = hindered;
            always &= hindered.isPresent();
        }
        if (first.isPresent()) return first.get() + (always ? "" : ", again and again");
        return moves(task) ? "goes round in " + around(task) : "could go on";
    }

    private boolean moves(Task task) {
        return moves.subList(Math.min(stem, moves.size()), moves.size()).stream()
                .anyMatch(m -> m.turn().cpu() == task.id);
    }

    /// The innermost function that all its steps in the cycle are in, and what it reads there if
    /// that is one thing.
    private String around(Task task) {
        List<Trace.Row> own = round.stream().filter(row -> row.column() == task.id).toList();
        List<String> in =
                own.stream().map(Trace.Row::frames).reduce(Hindrance::common).orElse(List.of());
        List<String> reads =
                own.stream()
                        .map(Trace.Row::text)
                        .filter(text -> text.startsWith(READ))
                        .distinct()
                        .toList();
        return (in.isEmpty() ? "its program" : in.getLast())
                + (reads.size() == 1 ? " (" + reads.getFirst() + ")" : "");
    }

    private static List<String> common(List<String> a, List<String> b) {
        int same = 0;
        while (same < Math.min(a.size(), b.size()) && a.get(same).equals(b.get(same))) same++;
        return a.subList(0, same);
    }

    private long[] state(int taken) {
        return taken == 0 ? compiled.initial : moves.get(taken - 1).state();
    }

    /// What keeps a task after so many transitions; empty if nothing does.
    private Optional<String> hindered(Task task, int taken) {
        long[] state = state(taken);
        if (!task.active(state)) return Optional.empty();
        Instr at = task.node(state);
        Step step = at.node.step();
        return kept(task, at, taken)
                .map(why -> "waits in " + Told.name(step).orElse(Narrator.awaited(step)) + why)
                .or(() ->
                        task.mayRun(state)
                                ? Optional.empty()
                                : Optional.of("is kept off its CPU by another task on it"));
    }

    private Optional<String> kept(Task task, Instr at, int taken) {
        long[] state = state(taken);
        return switch (at.op) {
            case STOP ->
                    new Online(compiled).locked(state)
                            ? Optional.of(
                                    ": somebody has the hotplug lock to write, or waits for it")
                            : others(task, taken, other -> other.holdsOffStop(state))
                                    .map(who -> ": " + who + " cannot be preempted");
            case GRACE_END ->
                    others(task, taken, other -> marked(state, task, other, at.detail))
                            .map(who -> ": " + who + " has been in a section since before the call")
                            .or(() ->
                                    marked(state, task, task, at.detail)
                                            ? Optional.of(": it is in such a section itself")
                                            : Optional.empty());
            case SPIN_ACQUIRE, MUTEX_ACQUIRE ->
                    holder(lock(at), taken)
                            .map(holder ->
                                    holder == task.id
                                            ? ", which it has itself"
                                            : ", which " + columns.get(holder) + " has");
            case SPIN_UNTIL, SLEEP_UNTIL -> {
                int location =
                        switch (at.which) {
                            case ONLY -> at.location;
                            case MINE -> at.location + task.cpu(state);
                            case OF_CPU, OBJECT -> -1;
                        };
                if (location < 0) yield Optional.empty();
                int value = compiled.layout.get(state, location);
                yield (at.values >>> value & 1) != 0
                        ? Optional.empty()
                        : Optional.of(": it is " + meaning(at, value));
            }
            default -> Optional.empty();
        };
    }

    private boolean marked(long[] state, Task waiter, Task other, int kind) {
        int marks =
                compiled.layout
                        .markLocation[compiled.waiters.indexOf(new Waits.Waiter(waiter.id, kind))];
        return compiled.layout.get(state, marks + other.id) != 0;
    }

    /// The other tasks that this holds for, and where each was last.
    private Optional<String> others(Task task, int taken, Predicate<Task> holds) {
        List<String> others =
                Arrays.stream(compiled.tasks)
                        .filter(other -> other != task && holds.test(other))
                        .map(other -> columns.get(other.id) + last(other))
                        .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", others));
    }

    /// Where its last step was.
    private String last(Task task) {
        String function = "";
        for (List<Trace.Row> rows : List.of(first, round))
            for (Trace.Row row : rows)
                if (row.column() == task.id && !row.frames().isEmpty())
                    function = row.frames().getLast();
        return function.isEmpty() ? "" : ", last in " + function + ",";
    }

    private static String lock(Instr at) {
        return at.node.step().where().map(place -> place.variable().name()).orElse("");
    }

    /// Who has taken a lock of this name and not given it back.
    private Optional<Integer> holder(String lock, int taken) {
        Map<Integer, Integer> holders = new LinkedHashMap<>();
        for (Replay.Move move : moves.subList(0, taken))
            for (Engine.Taken step : move.trail())
                switch (step.instr().op) {
                    case SPIN_ACQUIRE, MUTEX_ACQUIRE -> {
                        if (lock(step.instr()).equals(lock))
                            holders.put(step.location(), step.task().id);
                    }
                    case RELEASE -> holders.remove(step.location());
                    default -> {}
                }
        return holders.values().stream().findFirst();
    }

    private String meaning(Instr at, int value) {
        return at.node
                .step()
                .where()
                .map(place -> compiled.model.memory().meaning(place.variable(), value))
                .orElse(Integer.toString(value));
    }
}
