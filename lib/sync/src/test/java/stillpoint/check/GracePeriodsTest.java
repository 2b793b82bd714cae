package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import stillpoint.machine.Config;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.Ptr;
import stillpoint.program.Section;
import stillpoint.program.Val;

/// Which reader each kind of grace period waits for. A reader reads a pointer and uses it; a writer
/// hides the object, waits, and frees it.
class GracePeriodsTest {
    private static final Set<Config> ALL = EnumSet.allOf(Config.class);
    private static final Set<Config> PREEMPT_N =
            ALL.stream().filter(c -> !c.preemptible()).collect(Collectors.toSet());
    private static final Set<Config> NONE = EnumSet.noneOf(Config.class);

    private final Scene s = new Scene();

    @Test
    void anExpeditedGracePeriodPromisesWhatANormalOneDoes() {
        for (Section section : Section.values())
            assertThat(safe(section, Cpu::synchronizeRcuExpedited))
                    .isEqualTo(safe(section, Cpu::synchronizeRcu));
    }

    @Test
    void synchronizeSchedWaitsForCodeWithPreemptionOrInterruptsOffEverywhere() {
        assertThat(safe(Section.PREEMPT, Cpu::synchronizeSched)).isEqualTo(ALL);
        assertThat(safe(Section.IRQ, Cpu::synchronizeSched)).isEqualTo(ALL);
    }

    @Test
    void synchronizeSchedWaitsForAPreemptibleRcuReaderOnlySince420() {
        assertThat(safe(Section.RCU, Cpu::synchronizeSched))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(Config.PREEMPT_Y_4_19)));
    }

    @Test
    void synchronizeSrcuWaitsForSrcuReadersOnly() {
        assertThat(safe(Section.SRCU, Cpu::synchronizeSrcu)).isEqualTo(ALL);
        for (Section other : EnumSet.complementOf(EnumSet.of(Section.SRCU)))
            assertThat(safe(other, Cpu::synchronizeSrcu)).isEqualTo(NONE);
    }

    @Test
    void anSrcuReaderIsWaitedForWhileItSleeps() {
        assertThat(
                        safe(
                                Section.SRCU,
                                Cpu::synchronizeSrcu,
                                cpu -> cpu.mightSleep("swap_readpage()")))
                .isEqualTo(ALL);
    }

    @Test
    void nothingElseWaitsForAnSrcuReader() {
        assertThat(safe(Section.SRCU, Cpu::synchronizeRcu)).isEqualTo(PREEMPT_N);
        assertThat(
                        safe(
                                Section.SRCU,
                                Cpu::synchronizeRcu,
                                cpu -> cpu.mightSleep("swap_readpage()")))
                .isEqualTo(NONE);
    }

    @Test
    void aGracePeriodInItsOwnSrcuSectionNeverEnds() {
        s.cpu(
                "careless",
                cpu -> {
                    cpu.srcuReadLock();
                    cpu.synchronizeSrcu();
                    cpu.srcuReadUnlock();
                });
        for (Config config : Config.values())
            assertThat(Scene.outcome(s.check(config))).isEqualTo("deadlock");
    }

    @Test
    void oneTaskMayWaitForSeveralKinds() {
        Cell<Val> uses = s.memory.word("uses", 2, 0);
        Cell<Val> gone = s.memory.word("gone", 1, 0);
        s.cpu("rcu reader", cpu -> reads(cpu, Section.RCU, gone, uses))
                .cpu("srcu reader", cpu -> reads(cpu, Section.SRCU, gone, uses))
                .cpu(
                        "writer",
                        cpu -> {
                            cpu.write(gone, 1);
                            cpu.synchronizeRcu();
                            cpu.synchronizeSrcu();
                            Val before = cpu.read(uses);
                            cpu.must(cpu.read(uses).is(before), "nobody reads any more");
                        });
        assertThat(Scene.outcome(s.check(Config.PREEMPT_Y_4_19))).isEqualTo("safe");
    }

    private static void reads(Cpu cpu, Section section, Cell<Val> gone, Cell<Val> uses) {
        enter(cpu, section);
        cpu.when(() -> cpu.read(gone).is(0), () -> cpu.inc(uses));
        leave(cpu, section);
    }

    private static Set<Config> safe(Section section, Consumer<Cpu> wait) {
        return safe(section, wait, cpu -> {});
    }

    /// The configurations on which the reader never uses what the writer has freed.
    private static Set<Config> safe(Section section, Consumer<Cpu> wait, Consumer<Cpu> midway) {
        return ALL.stream()
                .filter(config ->
                        Scene.outcome(scene(section, wait, midway).check(config)).equals("safe"))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Config.class)));
    }

    private static Scene scene(Section section, Consumer<Cpu> wait, Consumer<Cpu> midway) {
        var s = new Scene();
        Kind map = s.memory.kind("swap_map", 1);
        Cell<Ptr> p = s.memory.pointer("p->swap_map", map);
        Field<Val> count = s.memory.field(map, "count", 1, 0);
        return s.cpu(
                        "reader",
                        cpu -> {
                            enter(cpu, section);
                            Ptr seen = cpu.read(p);
                            cpu.when(
                                    seen::exists,
                                    () -> {
                                        midway.accept(cpu);
                                        cpu.inc(seen.at(count));
                                    });
                            leave(cpu, section);
                        })
                .cpu(
                        "writer",
                        cpu -> {
                            Ptr old = cpu.read(p);
                            cpu.clear(p);
                            wait.accept(cpu);
                            cpu.free(old);
                        });
    }

    private static void enter(Cpu cpu, Section section) {
        switch (section) {
            case PREEMPT -> cpu.preemptDisable();
            case IRQ -> cpu.localIrqDisable();
            case RCU -> cpu.rcuReadLock();
            case SRCU -> cpu.srcuReadLock();
        }
    }

    private static void leave(Cpu cpu, Section section) {
        switch (section) {
            case PREEMPT -> cpu.preemptEnable();
            case IRQ -> cpu.localIrqEnable();
            case RCU -> cpu.rcuReadUnlock();
            case SRCU -> cpu.srcuReadUnlock();
        }
    }
}
