package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Conformance;
import stillpoint.machine.Agent;
import stillpoint.machine.Level;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Recorder;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;

/// An implementation refines its specification exactly if it shows nothing else, and rests nowhere
/// else.
class RefinementTest {
    private static Conformance compare(Scene impl, Scene spec) {
        return Refinement.of(impl.model("implementation"), spec.model("specification")).verdict();
    }

    private static Scene scene(Consumer<Cpu> body) {
        return new Scene().cpu("a", body);
    }

    private static Conformance compare(Consumer<Cpu> impl, Consumer<Cpu> spec) {
        return compare(scene(impl), scene(spec));
    }

    private static Conformance.DoesNotRefine parting(Conformance verdict) {
        assertThat(verdict).isInstanceOf(Conformance.DoesNotRefine.class);
        return (Conformance.DoesNotRefine) verdict;
    }

    private static final Consumer<Cpu> EITHER =
            cpu -> {
                if (cpu.choose("which")) cpu.event("left");
                else cpu.event("right");
            };

    @Test
    void aModelRefinesItself() {
        assertThat(compare(EITHER, EITHER)).isInstanceOf(Conformance.Refines.class);
    }

    @Test
    void anImplementationMayDoLess() {
        assertThat(compare(cpu -> cpu.event("left"), EITHER).word()).isEqualTo("refines");
    }

    @Test
    void anImplementationMayNotDoMore() {
        var parting = parting(compare(EITHER, cpu -> cpu.event("left")));
        assertThat(parting.event()).isEqualTo("right on CPU0");
        assertThat(parting.allowed()).containsExactly("left on CPU0");
    }

    @Test
    void silentStepsDoNotCount() {
        assertThat(
                        compare(
                                        cpu -> {
                                            cpu.smpMb();
                                            cpu.event("left");
                                            cpu.smpMb();
                                        },
                                        EITHER)
                                .word())
                .isEqualTo("refines");
    }

    @Test
    void aChoiceThatIsMadeLaterIsTheSame() {
        Consumer<Cpu> late =
                cpu -> {
                    cpu.event("start");
                    EITHER.accept(cpu);
                };
        Consumer<Cpu> early =
                cpu -> {
                    if (cpu.choose("which")) {
                        cpu.event("start");
                        cpu.event("left");
                    } else {
                        cpu.event("start");
                        cpu.event("right");
                    }
                };
        assertThat(compare(late, early).word()).isEqualTo("refines");
        assertThat(compare(early, late).word()).isEqualTo("refines");
    }

    @Test
    void anImplementationMayNotStopShort() {
        var parting =
                parting(
                        compare(
                                cpu -> cpu.event("call"),
                                cpu -> {
                                    cpu.event("call");
                                    cpu.event("return");
                                }));
        assertThat(parting.event()).isEqualTo("every CPU comes to its end");
        assertThat(parting.allowed()).containsExactly("return on CPU0");
    }

    @Test
    void anImplementationMayNotWaitForEver() {
        var impl = new Scene();
        Cell<Val> flag = impl.memory.word("flag", 1, 0);
        impl.cpu(
                "a",
                cpu -> {
                    cpu.event("call");
                    cpu.waitFor(flag, v -> v.is(1));
                });
        var parting = parting(compare(impl, scene(cpu -> cpu.event("call"))));
        assertThat(parting.event()).contains("CPU0 (a) waits for ever");
    }

    @Test
    void eventsInOneTransitionComeOneAfterTheOther() {
        Consumer<Cpu> apart =
                cpu -> {
                    cpu.event("one");
                    cpu.event("two");
                };
        Consumer<Cpu> together = cpu -> cpu.atomic(() -> apart.accept(cpu));
        assertThat(compare(together, apart).word()).isEqualTo("refines");
        assertThat(compare(apart, together).word()).isEqualTo("refines");
        assertThat(
                        compare(
                                        cpu -> {
                                            cpu.event("two");
                                            cpu.event("one");
                                        },
                                        together)
                                .word())
                .isEqualTo("does not refine");
    }

    @Test
    void anotherCpuMayNotComeBetweenTheEventsOfOneTransition() {
        Consumer<Cpu> pair =
                cpu -> {
                    cpu.event("one");
                    cpu.event("two");
                };
        var spec = new Scene().cpus("a", 2, cpu -> cpu.atomic(() -> pair.accept(cpu)));
        var parting = parting(compare(new Scene().cpus("a", 2, pair), spec));
        assertThat(parting.event()).startsWith("one on CPU");
        assertThat(parting.seen()).hasSize(1);
    }

    @Test
    void theTraceIsAShortestRunUpToTheEvent() {
        var parting =
                parting(
                        compare(
                                cpu -> {
                                    cpu.smpMb();
                                    cpu.event("right");
                                },
                                cpu -> cpu.event("left")));
        assertThat(parting.trace().rows()).hasSize(2);
        assertThat(parting.trace().rows().getLast().fault()).isTrue();
    }

    @Test
    void aLockThatTwoHoldIsFound() {
        var parting = parting(compare(locked(false), locked(true)));
        assertThat(parting.event()).startsWith("enter on CPU");
    }

    @Test
    void aFaultOfTheImplementationPartsThem() {
        var parting =
                parting(
                        compare(
                                cpu -> {
                                    cpu.event("left");
                                    cpu.must(false, "it works");
                                },
                                EITHER));
        assertThat(parting.event()).contains("it works");
    }

    @Test
    void aFaultThatBothHavePartsThemOnlyWhereFaultsAreNoEvents() {
        Consumer<Cpu> fails =
                cpu -> {
                    cpu.event("left");
                    cpu.must(false, "it works");
                };
        var both = Refinement.of(scene(fails).model("one"), scene(fails).model("other"));
        assertThat(both.verdict().word()).isEqualTo("inconclusive");
        assertThat(both.withFaults().verdict().word()).isEqualTo("refines");
    }

    @Test
    void aFaultThatIsAnEventIsNoneOfTheOthers() {
        Consumer<Cpu> fails =
                cpu -> {
                    cpu.smpMb();
                    cpu.call("f", () -> cpu.must(false, "it works"));
                };
        var verdict =
                Refinement.of(scene(fails).model("one"), scene(EITHER).model("other"))
                        .withFaults()
                        .verdict();
        assertThat(parting(verdict).event()).isEqualTo("other broken assertion in f on CPU0");
        assertThat(parting(verdict).trace().rows().getLast().fault()).isTrue();
    }

    @Test
    void aHandlerThatMayComeForEverDoesNotHideARest() {
        Scene impl =
                scene(cpu -> cpu.event("call"))
                        .agent(
                                Agent.handler(
                                                "irq",
                                                Recorder.interrupt("irq", Cpu::smpMb),
                                                1,
                                                Level.IRQ,
                                                "a")
                                        .repeating());
        Scene spec =
                scene(cpu -> {
                    cpu.event("call");
                    cpu.event("return");
                });
        assertThat(parting(compare(impl, spec)).event()).isEqualTo("every CPU comes to its end");
    }

    @Test
    void whatIsCutShortRefinesNothing() {
        var verdict =
                Refinement.of(locked(true).model("i"), locked(true).model("s"))
                        .with(Limits.DEFAULT.states(3))
                        .verdict();
        assertThat(verdict.word()).isEqualTo("inconclusive");
    }

    @Test
    void whatShowsNothingProvesNothing() {
        assertThat(compare(Cpu::smpMb, Cpu::smpMb).word()).isEqualTo("inconclusive");
    }

    private static Scene locked(boolean really) {
        var scene = new Scene();
        SpinLock lock = scene.memory.spinLock("lock");
        return scene.cpus(
                "a",
                2,
                cpu -> {
                    if (really) cpu.spinLock(lock);
                    cpu.event("enter");
                    cpu.event("exit");
                    if (really) cpu.spinUnlock(lock);
                });
    }
}
