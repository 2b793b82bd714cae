package stillpoint.machine;

import java.util.List;
import stillpoint.program.Program;

/// Tasks that run the same program, one on each of several CPUs.
///
/// @param name the head of its column in a trace, for example `swapoff`
/// @param program what each of them runs
/// @param copies how many there are; they are interchangeable
/// @param level how urgent they are
/// @param on the agents on whose CPUs they run, one task on each; empty for CPUs of their own
/// @param repeats whether each begins again when it ends; a run may stop in between
/// @param migrates whether the scheduler may move each to another CPU, wherever it can be preempted
public record Agent(
        String name,
        Program program,
        int copies,
        Level level,
        List<String> on,
        boolean repeats,
        boolean migrates) {
    public Agent {
        on = List.copyOf(on);
        if (copies < 1 || copies > 32)
            throw new IllegalArgumentException(
                    name + ": " + copies + " copies: an agent has 1 to 32");
        if (level.interrupts() != program.interrupt())
            throw new IllegalArgumentException(
                    name
                            + ": a program of level "
                            + level
                            + (level.interrupts()
                                    ? " is recorded with Recorder.interrupt(...)"
                                    : " is recorded with Recorder.record(...)"));
        if (migrates && level != Level.TASK)
            throw new IllegalArgumentException(
                    name + ": level " + level + " stays on its CPU: only a plain task migrates");
    }

    /// One or several CPUs that run a program, each once.
    public Agent(String name, Program program, int copies) {
        this(name, program, copies, Level.TASK, List.of(), false, false);
    }

    /// A handler, at most one run on each CPU of these agents, `copies` CPUs in all.
    public static Agent handler(
            String name, Program program, int copies, Level level, String... on) {
        return new Agent(name, program, copies, level, List.of(on), false, false);
    }

    /// The same at another level.
    public Agent at(Level other) {
        return new Agent(name, program, copies, other, on, repeats, migrates);
    }

    /// The same on the CPUs of these agents.
    public Agent on(String... agents) {
        return new Agent(name, program, copies, level, List.of(agents), repeats, migrates);
    }

    /// The same, again and again.
    public Agent repeating() {
        return new Agent(name, program, copies, level, on, true, migrates);
    }

    /// The same, where the scheduler may move them from CPU to CPU.
    public Agent migrating() {
        return new Agent(name, program, copies, level, on, repeats, true);
    }

    /// Whether a run may stop while it stands at its beginning.
    public boolean optional() {
        return repeats || level.interrupts();
    }
}
