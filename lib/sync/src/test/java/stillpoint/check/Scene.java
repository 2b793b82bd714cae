package stillpoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Level;
import stillpoint.machine.Model;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;

/// The plumbing of the tests of this package: a small model under construction.
final class Scene {
    final Memory memory = new Memory();
    private final List<Agent> agents = new ArrayList<>();
    private final List<String> sometimes = new ArrayList<>();

    /// One more CPU.
    Scene cpu(String name, Consumer<Cpu> body) {
        return cpus(name, 1, body);
    }

    /// Several CPUs that run the same program.
    Scene cpus(String name, int copies, Consumer<Cpu> body) {
        agents.add(new Agent(name, Recorder.record(name, body), copies));
        return this;
    }

    /// A task at a level on each CPU of another one; handlers are recorded as such.
    Scene on(String host, Level level, String name, Consumer<Cpu> body) {
        return on(host, level, name, false, body);
    }

    /// The same, again and again.
    Scene repeating(String host, Level level, String name, Consumer<Cpu> body) {
        return on(host, level, name, true, body);
    }

    private Scene on(String host, Level level, String name, boolean repeats, Consumer<Cpu> body) {
        int copies =
                agents.stream()
                        .filter(a -> a.name().equals(host))
                        .findFirst()
                        .orElseThrow()
                        .copies();
        Program program =
                level.interrupts() ? Recorder.interrupt(name, body) : Recorder.record(name, body);
        agents.add(new Agent(name, program, copies, level, List.of(host), repeats, false));
        return this;
    }

    /// One more agent, for example on the CPUs of another.
    Scene agent(Agent agent) {
        agents.add(agent);
        return this;
    }

    /// The agent that was added last may move from CPU to CPU.
    Scene migrating() {
        agents.add(agents.removeLast().migrating());
        return this;
    }

    Scene sometimes(String label) {
        sometimes.add(label);
        return this;
    }

    Model model(String title) {
        return new Model(
                title,
                memory,
                agents,
                sometimes,
                Bounds.of("cpus", "" + agents.size()),
                FailureClasses.NONE);
    }

    Verdict check() {
        return check(Checker.of(Config.PREEMPT_Y_4_20));
    }

    Verdict check(Config config) {
        return check(Checker.of(config));
    }

    Verdict check(Checker checker) {
        return checker.check(model("scene"));
    }

    /// The verdict in a word, for a violation its kind.
    static String outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Safe _ -> "safe";
            case Verdict.Violation violation -> violation.kind();
            case Verdict.Inconclusive inconclusive -> "inconclusive: " + inconclusive.reason();
        };
    }
}
