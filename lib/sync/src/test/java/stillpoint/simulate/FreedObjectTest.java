package stillpoint.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stillpoint.machine.Level;
import stillpoint.primitive.MultiCpuStop;
import stillpoint.program.CpuMask;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;
import stillpoint.random.Fixed;

/// A reader that uses what the writer has freed ends the run: here readers work on the writer's own
/// object, and not, as page faults do, on another device.
class FreedObjectTest {
    private static final String USE = "use";
    private static final int CPUS = 8;

    @Test
    void aReaderOfWhatWasFreedIsCaught() {
        assertThatThrownBy(() -> runs(false))
                .isInstanceOf(Broken.class)
                .hasMessageContaining("use after free");
    }

    @Test
    void aReaderThatTheWriterWaitsForIsNot() {
        assertThat(runs(true)).isEqualTo(20);
    }

    private static int runs(boolean waits) {
        var load =
                new Load(
                        100_000,
                        new Fixed(0),
                        0,
                        0,
                        Map.of(USE, new Pause.Busy(new Fixed(2000))),
                        Set.of());
        var setup =
                new Setup(
                        Hardware.named("xeon-8176"),
                        Kernel.DEFAULT,
                        load,
                        Spinning.TOGETHER,
                        Setup.ReaderMode.FULL);
        var simulator = new Simulator(scene(waits), setup);
        for (int r = 0; r < 20; r++) simulator.run(1, r);
        return 20;
    }

    /// The writer takes the pointer away, waits or does not, and frees.
    private static Scene scene(boolean waits) {
        var memory = new Memory();
        var kind = memory.kind("object", 1);
        var value = memory.field(kind, "value", 1, 0);
        var pointer = memory.pointer("pointer", kind);
        var machine = MultiCpuStop.ofKernel(memory, CPUS);
        Program stopper =
                Recorder.record(
                        "stopper", cpu -> machine.stopper(cpu, each -> each.nop(Scene.CALLBACK)));
        Program writer =
                Recorder.record(
                        "writer",
                        cpu -> {
                            var object = cpu.read(pointer);
                            cpu.clear(pointer);
                            if (waits) cpu.stopMachine(CpuMask.ONLINE, each -> {});
                            cpu.free(object);
                        });
        Program reader =
                Recorder.record(
                        "reader",
                        cpu -> {
                            cpu.preemptDisable();
                            var object = cpu.read(pointer);
                            cpu.when(
                                    object::exists,
                                    () -> {
                                        cpu.nop(USE);
                                        cpu.read(object.at(value)).ignored();
                                    });
                            cpu.preemptEnable();
                        });
        return new Scene(
                "a freed object",
                memory,
                CPUS,
                writer,
                List.of(reader),
                new Scene.Calls(
                        Optional.of(Recorder.record("stop_machine", cpu -> machine.stop(cpu, 0))),
                        Map.of(),
                        Map.of(),
                        Map.of()),
                List.of(Service.thread(stopper, Level.STOP, Service.Where.EVERY_CPU)),
                Set.of(),
                Set.of(),
                List.of(
                        List.of(
                                machine.state().place().variable(),
                                machine.acks().place().variable(),
                                machine.fn().place().variable())),
                Map.of());
    }
}
