package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// A graph's size does not depend on the number of CPUs, as long as the program walks them with the
/// language and not with Java.
class SizeTest {
    /// Takes back what each CPU counted, as the switch of a percpu_ref does, on a machine of `cpus`
    /// CPUs.
    private static Program walkedByTheLanguage(int cpus) {
        var memory = new Memory();
        PerCpu count = memory.perCpuWord("count", 2, 1);
        Cell<Val> central = memory.word("central of " + cpus, 4, 0);
        return Recorder.record(
                "switch",
                cpu ->
                        cpu.forEachCpu(
                                CpuMask.ONLINE,
                                each -> {
                                    cpu.fetchAdd(central, cpu.read(count.of(each))).ignored();
                                    cpu.write(count.of(each), 0);
                                }));
    }

    private static Program walkedByJava(int cpus) {
        var memory = new Memory();
        PerCpu count = memory.perCpuWord("count", 2, 1);
        return Recorder.record(
                "switch",
                cpu -> {
                    for (int each = 0; each < cpus; each++) cpu.write(count.of(Val.of(each)), 0);
                });
    }

    private static int nodes(IntFunction<Program> program, int cpus) {
        return program.apply(cpus).flow().nodes().size();
    }

    @Test
    void aWalkOverEveryCpuIsAsLargeForTwoCpusAsFor8192() {
        assertThat(nodes(SizeTest::walkedByTheLanguage, 8192))
                .isEqualTo(nodes(SizeTest::walkedByTheLanguage, 2));
    }

    @Test
    void aWalkInJavaGrowsWithEachCpu() {
        assertThat(nodes(SizeTest::walkedByJava, 8))
                .isEqualTo(nodes(SizeTest::walkedByJava, 2) + 6);
    }
}
