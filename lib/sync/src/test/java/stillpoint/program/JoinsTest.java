package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Control flow whose ways are one again behind it, and what may be carried through it.
class JoinsTest {
    private final Memory memory = new Memory();
    private final Cell<Val> x = memory.word("x", 2, 0);
    private final Cell<Val> y = memory.word("y", 2, 0);

    @Test
    void aWhenGivesTheGraphOfAnIf() {
        assertThat(
                        Recorded.flow(
                                        cpu -> {
                                            cpu.when(
                                                    () -> cpu.read(x).is(1),
                                                    () -> cpu.write(y, 1),
                                                    () -> cpu.write(y, 2));
                                            cpu.smpMb();
                                        })
                                .nodes())
                .extracting(Node::step)
                .isEqualTo(
                        Recorded.flow(
                                        cpu -> {
                                            if (cpu.read(x).is(1)) cpu.write(y, 1);
                                            else cpu.write(y, 2);
                                            cpu.smpMb();
                                        })
                                .nodes()
                                .stream()
                                .map(Node::step)
                                .toList());
    }

    @Test
    void threeIfsHaveEightPaths() {
        assertThat(
                        Recorded.program(
                                        threeTimes(cpu -> {
                                            if (cpu.read(x).is(1)) cpu.inc(y);
                                        }))
                                .paths())
                .isEqualTo(8);
    }

    @Test
    void threeWhensHaveTwo() {
        assertThat(
                        Recorded.program(
                                        threeTimes(cpu ->
                                                cpu.when(
                                                        () -> cpu.read(x).is(1), () -> cpu.inc(y))))
                                .paths())
                .isEqualTo(2);
    }

    @Test
    void aCallThatLeavesInThreeWaysComesBackInOne() {
        assertThat(
                        Recorded.program(
                                        threeTimes(
                                                cpu -> cpu.call("f", () -> leaveInThreeWays(cpu))))
                                .paths())
                .isEqualTo(3);
    }

    @Test
    void aTestGoesOnInOneWayForEachAnswer() {
        assertThat(
                        Recorded.steps(cpu -> {
                            if (cpu.test("f", () -> cpu.read(x).is(1))) cpu.write(y, 1);
                            else cpu.write(y, 2);
                        }))
                .hasSize(4);
    }

    @Test
    void aFetchCarriesAWordOutOfAFunction() {
        assertThat(
                        Recorded.program(
                                        cpu -> {
                                            Val v =
                                                    cpu.fetch(
                                                            "f",
                                                            2,
                                                            () ->
                                                                    cpu.choose("rain")
                                                                            ? cpu.read(x)
                                                                            : Val.of(3));
                                            cpu.write(y, v);
                                        })
                                .paths())
                .isEqualTo(2);
    }

    @Test
    void aFrameIsKnownToTheStepsInIt() {
        Program program =
                Recorder.record(
                        "test",
                        cpu -> cpu.call("do_swap_page()", () -> cpu.call("get()", cpu::smpMb)));
        assertThat(program.lines().nodes().getFirst().frames())
                .containsExactly("do_swap_page()", "get()");
    }

    @Test
    void anArmMayOpenASectionAndAnotherMayNot() {
        assertThat(
                        Recorded.nodes(cpu -> {
                            boolean open =
                                    cpu.test(
                                            "get()",
                                            () -> {
                                                cpu.preemptDisable();
                                                if (cpu.read(x).is(1)) return true;
                                                cpu.preemptEnable();
                                                return false;
                                            });
                            if (open) cpu.preemptEnable();
                        }))
                .isEqualTo(4);
    }

    @Test
    void aLocalKeepsItsValueAroundALoop() {
        assertThat(
                        Recorded.steps(cpu -> {
                            Local i = cpu.local("i", 2, 0);
                            cpu.loop(() -> {
                                cpu.inc(x);
                                i.set(i.get().plus(Val.of(1)));
                                return i.get().isNot(3);
                            });
                        }))
                .anySatisfy(step ->
                        assertThat(step)
                                .isInstanceOf(Step.Compute.class)
                                .extracting("op")
                                .isEqualTo(Step.Arithmetic.PLUS));
    }

    @Test
    void aLoopIsRecordedOnceAndNotUnrolled() {
        assertThat(
                        Recorded.program(
                                        cpu -> {
                                            Local i = cpu.local("i", 6, 0);
                                            cpu.loop(() -> {
                                                cpu.inc(x);
                                                i.set(i.get().plus(Val.of(1)));
                                                return i.get().isNot(60);
                                            });
                                        })
                                .paths())
                .isLessThanOrEqualTo(3);
    }

    @Test
    void aLoopThatIsTheFirstThingHasItsFirstRoundInUserMode() {
        assertThat(Recorded.flow(cpu -> cpu.loop(() -> cpu.read(x).is(1))).nodes())
                .filteredOn(node -> node.step() instanceof Step.Read)
                .extracting(node -> node.context().user())
                .containsExactly(true, false);
    }

    @Test
    void everyWayOnFromATestIsRecordedToItsEnd() {
        assertThat(
                        Recorded.steps(cpu -> {
                            if (cpu.test("f", () -> cpu.read(x).is(1))) {
                                if (cpu.choose("rain")) cpu.nop("umbrella");
                            } else if (cpu.choose("sun")) cpu.nop("hat");
                        }))
                .contains(new Step.Nop("umbrella"), new Step.Nop("hat"));
    }

    @Test
    void everyQuestionBehindALoopIsRecordedBothWays() {
        assertThat(
                        Recorded.steps(cpu -> {
                            cpu.loop(() -> cpu.read(x).is(1));
                            if (cpu.choose("rain")) cpu.nop("umbrella");
                            else cpu.nop("hat");
                        }))
                .contains(new Step.Nop("umbrella"), new Step.Nop("hat"));
    }

    @Test
    void aLoopInALoopInATestIsRecordedToItsEnd() {
        assertThat(
                        Recorded.steps(cpu -> {
                            cpu.loop(() -> {
                                if (!cpu.test("f", () -> cpu.read(x).is(1))) return false;
                                cpu.loop(() -> cpu.read(y).is(1));
                                return cpu.choose("again");
                            });
                            if (cpu.choose("rain")) cpu.nop("umbrella");
                        }))
                .contains(new Step.Nop("umbrella"));
    }

    @Test
    void aLoopWithoutAWayOutIsAGraphWithoutAnEnd() {
        assertThat(
                        Recorded.flow(cpu ->
                                        cpu.loop(() -> {
                                            cpu.inc(x);
                                            return true;
                                        }))
                                .nodes())
                .extracting(Node::step)
                .doesNotContain(new Step.End());
    }

    @Test
    void stepsInAnAtomicAreGluedToTheFirst() {
        assertThat(
                        Recorded.flow(cpu ->
                                        cpu.atomic(() -> {
                                            cpu.inc(x);
                                            cpu.inc(y);
                                        }))
                                .nodes())
                .extracting(Node::glued)
                .startsWith(false, true);
    }

    @Test
    void whatFollowsAnAtomicIsATransitionOfItsOwn() {
        assertThat(
                        Recorded.flow(
                                        cpu -> {
                                            cpu.atomic(() -> cpu.inc(x));
                                            cpu.inc(y);
                                        })
                                .nodes())
                .extracting(Node::glued)
                .containsExactly(false, false, false);
    }

    @Test
    void forEachCpuIsOneNodeWhateverTheNumberOfCpus() {
        PerCpu count = memory.perCpuWord("count", 2, 0);
        assertThat(
                        Recorded.steps(cpu ->
                                cpu.forEachCpu(
                                        CpuMask.ONLINE, each -> cpu.write(count.of(each), 1))))
                .filteredOn(Step.NextCpu.class::isInstance)
                .hasSizeBetween(1, 2);
    }

    private void leaveInThreeWays(Cpu cpu) {
        if (cpu.read(x).is(1)) return;
        if (cpu.read(y).is(1)) return;
        cpu.write(y, 1);
    }

    private static Consumer<Cpu> threeTimes(Consumer<Cpu> body) {
        return cpu -> List.of(1, 2, 3).forEach(i -> body.accept(cpu));
    }
}
