package stillpoint.swap;

import java.util.List;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.Memory;
import stillpoint.program.Ptr;
import stillpoint.program.Recorder;
import stillpoint.program.Val;

/// The tight model with objects that live and die: swapoff and swapon follow one another without
/// end, and so do the faults of each reader. The search closes because states come again.
///
/// Like [Tight] it is a yardstick of the search, not a design: `lib/bench` times it.
public final class TightLives {
    private static final String USED = "a reader used the map";
    private static final String AGAIN = "a map was published again";

    private final Memory memory = new Memory();
    private final Kind map = memory.kind("map", 1);
    private final Cell<Ptr> pointer = memory.pointer("map", map);
    private final Field<Val> entry = memory.field(map, "entry", 1, 0);
    private final Cell<Val> valid = memory.word("valid", 1, 1);

    private TightLives() {}

    private void read(Cpu cpu) {
        cpu.preemptDisable();
        if (cpu.read(valid).is(1)) {
            Ptr seen = cpu.read(pointer);
            cpu.read(seen.at(entry)).ignored();
            cpu.read(seen.at(entry)).ignored();
            cpu.sometimes(USED);
        }
        cpu.preemptEnable();
    }

    private void write(Cpu cpu, boolean waits) {
        cpu.write(valid, 0);
        if (waits) cpu.stopMachine(CpuMask.ONLINE, each -> {});
        Ptr old = cpu.read(pointer);
        cpu.clear(pointer);
        cpu.free(old);
        cpu.writePtr(pointer, cpu.alloc(map));
        cpu.write(valid, 1);
        cpu.sometimes(AGAIN);
    }

    /// The model, whose swapoff waits for the readers by a stop.
    public static Model readers(int readers) {
        return new TightLives().model(readers, true);
    }

    /// The same without the wait, which breaks.
    public static Model unprotected(int readers) {
        return new TightLives().model(readers, false);
    }

    private Model model(int readers, boolean waits) {
        var reader = new Agent("reader", Recorder.record("reader", this::read), readers);
        var writer = new Agent("writer", Recorder.record("writer", cpu -> write(cpu, waits)), 1);
        return new Model(
                waits ? "tight lives" : "tight lives unprotected",
                memory,
                List.of(reader.repeating(), writer.repeating()),
                List.of(USED, AGAIN),
                Bounds.of("readers", "" + readers, "lives", "without end"),
                FailureClasses.NONE);
    }
}
