package stillpoint.swap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import stillpoint.machine.Agent;
import stillpoint.machine.Model;
import stillpoint.program.Flow;
import stillpoint.program.Kind;
import stillpoint.program.Memory;
import stillpoint.program.Node;
import stillpoint.program.Place;
import stillpoint.program.Step;
import stillpoint.program.Variable;

/// Which locks are held where: every recorded program is followed from its entry, once for each
/// list of locks with which a node can be reached.
///
/// Locks and cells go by the name of their variable: `ci->lock` is one lock, whichever object it is
/// in. Locks that a design builds from words (a `percpu_ref`, the hotplug lock) are words here.
final class HeldLocks {
    /// A lock is taken while others are held.
    ///
    /// @param lock the lock
    /// @param held what is held already, in the order in which it was taken
    /// @param path who takes it
    /// @param agent who runs it
    record Take(String lock, List<String> held, Path path, String agent) {
        public Take {
            held = List.copyOf(held);
        }
    }

    /// From a lock to one of its releases.
    ///
    /// @param lock the lock
    /// @param path the function that holds it: in which it is taken and released
    record Section(String lock, Path path) {}

    /// A cell, or a field of an object, is touched.
    ///
    /// @param cell its name
    /// @param how by what
    /// @param held under which locks, in the order in which they were taken
    /// @param path by whom
    record Touch(String cell, How how, List<String> held, Path path) {
        public Touch {
            held = List.copyOf(held);
        }

        /// Whether the order of the two matters.
        boolean conflicts(Touch other) {
            return cell.equals(other.cell) && (how != How.READS || other.how != How.READS);
        }

        /// The locks under which both are.
        List<String> common(Touch other) {
            return held.stream().filter(other.held::contains).toList();
        }
    }

    /// What is done to a cell.
    enum How {
        READS,
        WRITES,
        /// The end of the object it is in.
        FREES
    }

    /// Functions from the outermost to the innermost.
    record Path(List<String> frames) {
        Path {
            frames = List.copyOf(frames);
        }

        String top() {
            return frames.getFirst();
        }

        /// The outermost and the innermost: `do_swap_page > __swap_duplicate`.
        @Override
        public String toString() {
            return frames.size() == 1 ? top() : top() + " > " + frames.getLast();
        }
    }

    private record Acquisition(String lock, List<String> frames) {}

    private record State(int node, List<Acquisition> held) {}

    private final Set<Take> takes = new LinkedHashSet<>();
    private final Set<Section> sections = new LinkedHashSet<>();
    private final Set<Touch> touches = new LinkedHashSet<>();
    private final Memory memory;
    private final NeverSet never;

    private HeldLocks(Model model) {
        memory = model.memory();
        never = NeverSet.of(model);
    }

    static HeldLocks of(Model model) {
        var locks = new HeldLocks(model);
        for (Agent agent : model.agents())
            locks.follow(agent.program().lines(), List.of(), List.of(), agent.name());
        return locks;
    }

    List<Take> takes() {
        return List.copyOf(takes);
    }

    List<Section> sections() {
        return List.copyOf(sections);
    }

    List<Touch> touches() {
        return List.copyOf(touches);
    }

    private void follow(Flow flow, List<Acquisition> from, List<String> outer, String agent) {
        Deque<State> open = new ArrayDeque<>(List.of(new State(flow.entry(), from)));
        Set<State> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            State state = open.pop();
            Node node = flow.nodes().get(state.node());
            List<String> frames = frames(outer, node, agent);
            List<Acquisition> held = step(node, state.held(), frames, agent);
            for (int next : never.ways(flow, node)) {
                var onward = new State(next, held);
                if (seen.add(onward)) open.push(onward);
            }
        }
    }

    private static List<String> frames(List<String> outer, Node node, String agent) {
        List<String> frames = Stream.of(outer, node.frames()).flatMap(Collection::stream).toList();
        return frames.isEmpty() ? List.of(agent) : frames;
    }

    /// Notes what the step does; what is held behind it.
    private List<Acquisition> step(
            Node node, List<Acquisition> held, List<String> frames, String agent) {
        return switch (node.step()) {
            case Step.SpinAcquire s -> take(s.lock(), held, frames, agent);
            case Step.MutexAcquire s -> take(s.lock(), held, frames, agent);
            case Step.SpinRelease s -> release(s.lock(), held, frames);
            case Step.MutexRelease s -> release(s.lock(), held, frames);
            case Step.Read s -> touch(s.place().variable(), How.READS, held, frames);
            case Step.SpinUntil s -> touch(s.place().variable(), How.READS, held, frames);
            case Step.SleepUntil s -> touch(s.place().variable(), How.READS, held, frames);
            case Step.Write s -> touch(s.place().variable(), How.WRITES, held, frames);
            case Step.Modify s -> touch(s.place().variable(), How.WRITES, held, frames);
            case Step.Free s -> free(s.kind(), held, frames);
            case Step.StopMachine s -> {
                List<String> inside =
                        Stream.concat(frames.stream(), Stream.of("stop_machine callback")).toList();
                s.callback().ifPresent(callback -> follow(callback, held, inside, agent));
                yield held;
            }
            case Step.Fence _,
                    Step.Enter _,
                    Step.Leave _,
                    Step.GraceBegin _,
                    Step.GraceEnd _,
                    Step.Allocate _,
                    Step.Schedule _,
                    Step.Choose _,
                    Step.Interrupted _,
                    Step.OnlineMask _,
                    Step.Nop _,
                    Step.Event _,
                    Step.NextCpu _,
                    Step.Compute _,
                    Step.Branch _,
                    Step.Sometimes _,
                    Step.Note _,
                    Step.AtomicSleep _,
                    Step.Fail _,
                    Step.End _ ->
                    held;
        };
    }

    private List<Acquisition> take(
            Place place, List<Acquisition> held, List<String> frames, String agent) {
        String lock = place.variable().name();
        takes.add(new Take(lock, names(held), new Path(frames), agent));
        return Stream.concat(held.stream(), Stream.of(new Acquisition(lock, frames))).toList();
    }

    private List<Acquisition> release(Place place, List<Acquisition> held, List<String> frames) {
        String lock = place.variable().name();
        Optional<Acquisition> last =
                held.stream().filter(a -> a.lock().equals(lock)).reduce((a, b) -> b);
        last.ifPresent(a -> sections.add(new Section(lock, holder(a.frames(), frames))));
        var left = new ArrayList<>(held);
        last.ifPresent(left::remove);
        return List.copyOf(left);
    }

    /// `lock_cluster()` takes it and `unlock_cluster()` releases it: their caller holds it.
    private static Path holder(List<String> taker, List<String> releaser) {
        int same = 0;
        while (same < Math.min(taker.size(), releaser.size())
                && taker.get(same).equals(releaser.get(same))) same++;
        return new Path(taker.subList(0, Math.max(same, 1)));
    }

    private List<Acquisition> touch(
            Variable variable, How how, List<Acquisition> held, List<String> frames) {
        boolean lock =
                variable.sort() == Variable.Sort.SPIN_LOCK
                        || variable.sort() == Variable.Sort.MUTEX;
        if (!lock) touches.add(new Touch(variable.name(), how, names(held), new Path(frames)));
        return held;
    }

    private List<Acquisition> free(Kind kind, List<Acquisition> held, List<String> frames) {
        for (Variable field : memory.fields(kind)) touch(field, How.FREES, held, frames);
        return held;
    }

    private static List<String> names(List<Acquisition> held) {
        return held.stream().map(Acquisition::lock).toList();
    }
}
