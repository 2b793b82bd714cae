package stillpoint.program;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Turns plain Java over a [Cpu] into a [Program].
public final class Recorder {
    private Recorder() {}

    /// Records `body`, which starts in user mode.
    ///
    /// @throws RecordingException if it cannot be recorded; the message names the line and what to
    ///   write instead
    public static Program record(String name, Consumer<Cpu> body) {
        return record(name, body, Context.USER);
    }

    /// Records an interrupt handler, which may not sleep. Its first step is that the CPU enters it,
    /// so that a handler which spins at once holds the CPU.
    ///
    /// @throws RecordingException if it cannot be recorded
    public static Program interrupt(String name, Consumer<Cpu> body) {
        return record(
                name,
                cpu -> {
                    cpu.nop("interrupt: " + name);
                    body.accept(cpu);
                },
                Context.INTERRUPT);
    }

    /// Records the callback of a `stop_machine`: it starts with interrupts off and may not sleep.
    static Program callback(Consumer<Cpu> body) {
        return record("callback", body, Context.STOPPED);
    }

    private static Program record(String name, Consumer<Cpu> body, Context start) {
        var recording = new Recording(r -> body.accept(new Cpu(r)), start);
        Point.Edge root;
        try {
            root = recording.complete();
        } catch (RecordingException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            throw new RecordingException(name + " threw while it was recorded: " + e + at(e), e);
        }
        Graph graph = Graph.of(root, recording.registers());
        Flow lines = graph.flow(name);
        Flow flow = Merging.merged(graph).flow(name);
        return new Program(flow, lines, List.copyOf(recording.unasked()), recording.paths());
    }

    private static String at(Throwable e) {
        return Optional.of(e.getStackTrace())
                .filter(t -> t.length > 0)
                .map(t -> " at " + t[0])
                .orElse("");
    }
}
