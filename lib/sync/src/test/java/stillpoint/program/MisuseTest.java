package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stillpoint.program.Recorded.line;
import static stillpoint.program.Recorded.refusal;

import java.util.ArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What compiles and is wrong is refused or reported, with the line and with what to write instead.
class MisuseTest {
    private final Memory memory = new Memory();
    private final Cell<Val> x = memory.word("x", 2, 0);
    private final Cell<Val> wide = memory.word("wide", 8, 0);
    private final Cell<Ptr> p = memory.pointer("p", memory.kind("swap_map", 1));

    // ---- Java state that leaks

    @Test
    void aCounterOutsideTheProgramLeaksBetweenRuns() {
        int[] counter = {0};
        assertThat(
                        refusal(cpu -> {
                            if (counter[0]++ % 2 == 0) cpu.write(x, 1);
                            if (cpu.read(x).is(1)) cpu.smpMb();
                        }))
                .contains("leaks", "cpu.local(...)", line(-3));
    }

    @Test
    void anArrayElementSetInAnArmLeaksOutOfIt() {
        assertThat(
                        refusal(cpu -> {
                            boolean[] seen = {false};
                            cpu.when(() -> cpu.read(x).is(1), () -> seen[0] = true);
                            if (seen[0]) cpu.write(x, 2);
                        }))
                .contains("leaks", "cpu.local(...)");
    }

    @Test
    void anObjectMadeInAnArmLeaksOutOfIt() {
        assertThat(
                        refusal(cpu -> {
                            var kept = new ArrayList<Val>();
                            cpu.call("f", () -> kept.add(cpu.read(x)));
                            cpu.write(x, kept.getFirst());
                        }))
                .contains("leaks out of an arm", "cpu.local(...)");
    }

    @Test
    void aValueReadOnOnlyOneWayMayNotBeUsedBehindBoth() {
        assertThat(
                        refusal(cpu -> {
                            Val[] kept = {Val.of(0)};
                            cpu.when(
                                    () -> cpu.choose("rain"),
                                    () -> kept[0] = cpu.read(x),
                                    () -> kept[0] = cpu.read(wide));
                            cpu.write(x, kept[0]);
                        }))
                .contains("cpu.local(...)");
    }

    @Test
    void aValueOfTheCallerMayNotBeUsedInACallback() {
        assertThat(
                        refusal(cpu -> {
                            Val v = cpu.read(x);
                            cpu.stopMachine(CpuMask.NULL, each -> each.write(x, v));
                        }))
                .contains("a callback runs on another CPU and sees only cells", line(-2));
    }

    // ---- loops and paths

    @Test
    void aJavaLoopThatWaitsForAValueIsRefusedWithTheVerbsThatWait() {
        assertThat(
                        refusal(cpu -> {
                            while (cpu.read(x).isZero()) cpu.smpMb();
                        }))
                .contains(
                        "the last at MisuseTest.java:",
                        "never closes",
                        "cpu.condLoad(...)",
                        "cpu.waitFor(...)",
                        "cpu.loop(...)");
    }

    @Test
    void aLoopThatEntersOnceMoreEachTimeIsRefused() {
        assertThat(
                        refusal(cpu ->
                                cpu.loop(() -> {
                                    cpu.preemptDisable();
                                    return cpu.read(x).is(1);
                                })))
                .contains("comes back with another preempt, irq or RCU count", line(-4));
    }

    @Test
    void tooManyPathsAreRefusedWithTheVerbsThatJoin() {
        assertThat(
                        refusal(cpu -> {
                            for (int i = 0; i < 14; i++) if (cpu.read(x).is(1)) cpu.smpMb();
                        }))
                .contains("10000 paths", "cpu.when(...)", "cpu.call(...)");
    }

    @Test
    void aLongRecordingEndsWhenItIsInterrupted() {
        Cell<Val> x = new Memory().word("x", 1, 0);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() ->
                            Recorder.record(
                                    "long",
                                    cpu -> {
                                        for (int i = 0; i < 12; i++)
                                            if (cpu.read(x).is(0)) cpu.write(x, 1);
                                    }))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("interrupted after");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    // ---- questions that are none

    @Test
    @SuppressWarnings("ReferenceEquality")
    void aRawComparisonAsksNothingAndItsReadIsNamed() {
        Program program =
                Recorded.program(cpu -> {
                    if (cpu.read(x) == cpu.read(wide).ignored()) cpu.smpMb();
                });
        assertThat(program.unasked()).extracting(Site::toString).containsExactly(line(-2));
    }

    @Test
    void aReadOfNoInterestSaysIgnored() {
        assertThat(Recorded.program(cpu -> cpu.read(x).ignored()).unasked()).isEmpty();
    }

    @Test
    void aReadThatIsAskedOnOnePathIsNotNamed() {
        assertThat(
                        Recorded.program(
                                        cpu -> {
                                            Val v = cpu.read(x);
                                            if (cpu.choose("rain")) cpu.write(x, v);
                                        })
                                .unasked())
                .isEmpty();
    }

    @Test
    void equalsOnAValueThrowsAndSaysWhatToWrite() {
        assertThat(refusal(cpu -> cpu.must(cpu.read(x).equals(Val.of(1)), "1")))
                .contains("equals on a symbolic value", "is(...)");
        assertThat(refusal(cpu -> cpu.must(cpu.read(p).equals(cpu.read(p)), "same")))
                .contains("same(...)", "isNull()");
    }

    @Test
    void hashCodeOfAValueThrows() {
        assertThatThrownBy(() -> Val.of(1).hashCode()).hasMessageContaining("has no value yet");
        assertThat(refusal(cpu -> cpu.write(x, cpu.read(p).hashCode())))
                .contains("hashCode of a symbolic pointer");
    }

    @Test
    void aWaitThatComparesWithASymbolIsRefused() {
        assertThat(
                        refusal(cpu -> {
                            Val v = cpu.read(x);
                            cpu.condLoad(x, now -> now.is(v));
                        }))
                .contains("compare with constants", line(-2));
    }

    @Test
    void aWaitOnAWideCellIsRefused() {
        assertThat(refusal(cpu -> cpu.waitFor(wide, v -> v.is(1))))
                .contains("a wait on 8 bits", "at most 6");
    }

    @Test
    void aNegativeConstantIsRefused() {
        assertThat(refusal(cpu -> cpu.write(x, -1))).contains("-1: a word is not negative");
    }

    // ---- programs that throw

    @Test
    void aProgramThatThrowsIsNamedWithWhatItThrewAndWhere() {
        assertThat(refusal(throwing(new IllegalStateException("no such device"))))
                .contains("test threw while it was recorded", "no such device", "MisuseTest.java");
    }

    @Test
    void aProgramWhoseAssertFailsIsNamedToo() {
        assertThat(
                        refusal(cpu -> {
                            throw new AssertionError("cannot be");
                        }))
                .contains("test threw while it was recorded", "cannot be");
    }

    private static Consumer<Cpu> throwing(RuntimeException e) {
        return cpu -> {
            throw e;
        };
    }
}
