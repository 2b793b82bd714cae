package stillpoint.primitive;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Recorder;
import stillpoint.program.Section;

/// A primitive that waits for sections, with its most general client: readers that go through
/// sections, and a writer that waits.
///
/// A reader shows `enter` once it is inside and `exit` before it leaves, so that what is seen is
/// never longer than the section; the writer shows `call` before the wait and `return` behind it.
///
/// @param memory the primitive's state
/// @param section how a reader goes through a section: what is between enter and leave is given
/// @param await how the writer waits
/// @param others who else works for it, for example a grace-period thread; behind the clients
record Sections(
        Memory memory, BiConsumer<Cpu, Runnable> section, Consumer<Cpu> await, List<Agent> others) {
    /// As a number of sections: readers keep coming.
    static final int FOR_EVER = 0;

    Sections {
        others = List.copyOf(others);
    }

    /// Of a kind that the machine itself knows: one step enters, one leaves, and one rule says what
    /// the writer waits for.
    static Sections of(Section kind, Consumer<Cpu> await) {
        return new Sections(
                new Memory(),
                (cpu, inside) -> {
                    cpu.enter(kind);
                    inside.run();
                    cpu.leave(kind);
                },
                await,
                List.of());
    }

    /// With clients: readers that are all alike.
    ///
    /// @param sections how many a reader goes through, or [#FOR_EVER]
    /// @param calls how often the writer waits
    Model model(String title, int readers, int sections, int calls) {
        return model(
                title,
                List.of(new Agent("reader", Recorder.record("reader", reader(sections)), readers)),
                sections,
                calls);
    }

    /// With clients: readers `reader0`, `reader1` and so on, each of which others may name.
    Model apart(String title, int readers, int sections, int calls) {
        return model(
                title,
                IntStream.range(0, readers)
                        .mapToObj(r ->
                                new Agent(
                                        "reader" + r,
                                        Recorder.record("reader", reader(sections)),
                                        1))
                        .toList(),
                sections,
                calls);
    }

    private Model model(String title, List<Agent> readers, int sections, int calls) {
        var writer = new Agent("writer", Recorder.record("writer", writer(calls)), 1);
        var agents =
                Stream.of(readers.stream(), Stream.of(writer), others.stream())
                        .flatMap(some -> some)
                        .toList();
        return new Model(
                title,
                memory,
                agents,
                List.of(),
                Bounds.of(
                        "readers",
                        "" + readers.stream().mapToInt(Agent::copies).sum(),
                        "sections each",
                        sections == FOR_EVER ? "for ever" : "" + sections,
                        "calls",
                        "" + calls),
                FailureClasses.NONE);
    }

    private Consumer<Cpu> reader(int sections) {
        return times(sections, this::through);
    }

    /// So many times, or [#FOR_EVER].
    static Consumer<Cpu> times(int times, Consumer<Cpu> body) {
        return cpu -> {
            if (times == FOR_EVER)
                cpu.loop(() -> {
                    body.accept(cpu);
                    return true;
                });
            else for (int n = 0; n < times; n++) body.accept(cpu);
        };
    }

    private void through(Cpu cpu) {
        section.accept(
                cpu,
                () -> {
                    cpu.event("enter");
                    cpu.event("exit");
                });
    }

    private Consumer<Cpu> writer(int calls) {
        return cpu -> {
            for (int c = 0; c < calls; c++) {
                cpu.event("call");
                await.accept(cpu);
                cpu.event("return");
            }
        };
    }
}
