package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A graph prints as a kernel developer would write it, so that a reviewer sees what was modelled.
class PseudoCTest {
    private final Memory memory = new Memory();
    private final Kind map = memory.kind("swap_map", 1);
    private final Cell<Val> flags = memory.word("p->flags", 2, 1);
    private final Cell<Ptr> swapMap = memory.pointer("p->swap_map", map);
    private final Field<Val> count = memory.field(map, "count", 2, 1);
    private final SpinLock lock = memory.spinLock("swap_lock");

    @Test
    void aReader() {
        Program reader =
                Recorder.record(
                        "swap duplicate",
                        cpu -> {
                            cpu.preemptDisable();
                            cpu.when(
                                    () -> cpu.readOnce(flags).has(1),
                                    () -> cpu.inc(cpu.read(swapMap).at(count)));
                            cpu.preemptEnable();
                        });
        assertThat(PseudoC.of(reader.flow()))
                .isEqualTo(
                        """
                        void swap_duplicate(void)
                        {
                        	preempt_disable();
                        	r0 = READ_ONCE(p->flags);
                        	if (r0 & 1) {
                        		r1 = p->swap_map;
                        		atomic_fetch_add(1, &r1->count);
                        	}
                        	preempt_enable();
                        	return;
                        }
                        """);
    }

    @Test
    void aWriter() {
        Program writer =
                Recorder.record(
                        "swapoff",
                        cpu -> {
                            cpu.spinLock(lock);
                            cpu.clearBits(flags, 1);
                            cpu.spinUnlock(lock);
                            cpu.loop(() -> cpu.choose("signal pending"));
                            cpu.stopMachine(CpuMask.ONLINE, each -> {});
                            Ptr old = cpu.read(swapMap);
                            cpu.clear(swapMap);
                            cpu.free(old);
                        });
        assertThat(PseudoC.of(writer.flow()))
                .isEqualTo(
                        """
                        void swapoff(void)
                        {
                        	spin_lock(&swap_lock);
                        	p->flags &= ~1;
                        	spin_unlock(&swap_lock);
                        L5:
                        	r0 = maybe("signal pending");
                        	if (r0 == 1) {
                        		goto L5;
                        	}
                        	stop_machine(dummy, NULL, cpu_online_mask);
                        	r1 = p->swap_map;
                        	p->swap_map = NULL;
                        	kvfree(r1 /* swap_map */);
                        	return;
                        }
                        """);
    }

    @Test
    void anIfWithOnlyAnElseAsksTheOpposite() {
        assertThat(
                        PseudoC.of(
                                Recorded.flow(cpu ->
                                        cpu.when(
                                                () -> cpu.read(flags).is(0),
                                                () -> {},
                                                cpu::smpMb))))
                .contains("if (r0 != 0) {\n\t\tsmp_mb();\n\t}");
    }
}
