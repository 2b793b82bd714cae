package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import stillpoint.machine.Config;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Val;

/// Two models have the same behaviours exactly if each shows what the other shows, faults and rest
/// too.
class BehavioursTest {
    private static Behaviours of(Scene scene) {
        return Behaviours.of(scene.model("scene"), Config.PREEMPT_Y_4_20, Limits.DEFAULT);
    }

    private static Behaviours of(Consumer<Cpu> body) {
        return of(new Scene().cpu("a", body));
    }

    private static Inclusion.Beyond beyond(Behaviours one, Behaviours other) {
        assertThat(one.within(other)).isInstanceOf(Inclusion.Beyond.class);
        return (Inclusion.Beyond) one.within(other);
    }

    private static void same(Behaviours one, Behaviours other) {
        assertThat(one.within(other)).isInstanceOf(Inclusion.Within.class);
        assertThat(other.within(one)).isInstanceOf(Inclusion.Within.class);
    }

    private static final Consumer<Cpu> LEFT = cpu -> cpu.event("left");

    private static final Consumer<Cpu> EITHER =
            cpu -> {
                if (cpu.choose("which")) cpu.event("left");
                else cpu.event("right");
            };

    private static Consumer<Cpu> fails(String what) {
        return cpu -> {
            if (cpu.choose("which")) cpu.must(false, what);
            cpu.event("left");
        };
    }

    @Test
    void lessIsWithinMoreAndMoreIsNotWithinLess() {
        assertThat(of(LEFT).within(of(EITHER))).isInstanceOf(Inclusion.Within.class);
        assertThat(beyond(of(EITHER), of(LEFT)).event()).isEqualTo("right on CPU0");
    }

    @Test
    void silentStepsAndChoicesThatAreMadeLaterAreNotSeen() {
        same(
                of(cpu -> {
                    cpu.event("start");
                    EITHER.accept(cpu);
                }),
                of(cpu -> {
                    boolean which = cpu.choose("which");
                    cpu.smpMb();
                    cpu.event("start");
                    if (which) cpu.event("left");
                    else cpu.event("right");
                }));
    }

    @Test
    void theSameFaultIsTheSameBehaviour() {
        same(of(fails("it works")), of(fails("it works")));
    }

    @Test
    void aFaultThatTheOtherHasNotIsBeyondIt() {
        assertThat(beyond(of(fails("it works")), of(LEFT)).event())
                .isEqualTo("other broken assertion on CPU0");
        assertThat(of(LEFT).within(of(fails("it works")))).isInstanceOf(Inclusion.Within.class);
    }

    @Test
    void theSameFaultInAnotherFunctionIsAnother() {
        Behaviours here = of(cpu -> cpu.call("here", () -> fails("it works").accept(cpu)));
        Behaviours there = of(cpu -> cpu.call("there", () -> fails("it works").accept(cpu)));
        assertThat(beyond(here, there).event()).contains("in here");
    }

    @Test
    void nothingIsSeenBehindAFault() {
        Consumer<Cpu> fault = cpu -> cpu.must(false, "it works");
        Behaviours two = of(new Scene().cpu("a", fault).cpu("b", LEFT));
        assertThat(two.within(of(new Scene().cpu("a", fault).cpu("b", EITHER))))
                .isInstanceOf(Inclusion.Within.class);
        assertThat(two.events()).containsExactly("left on CPU1", "other broken assertion on CPU0");
    }

    @Test
    void whatIsLeakedIsSeenInTheEnd() {
        var kept = new Scene();
        var leaking = new Scene();
        var kind = kept.memory.kind("object", 1);
        var lost = leaking.memory.kind("object", 1);
        kept.cpu("a", cpu -> cpu.free(cpu.alloc(kind)));
        leaking.cpu("a", cpu -> cpu.alloc(lost));
        assertThat(beyond(of(leaking), of(kept)).event())
                .isEqualTo("every CPU comes to its end, leaked object: object");
    }

    @Test
    void whoWaitsForEverIsSeen() {
        var waiting = new Scene();
        Cell<Val> flag = waiting.memory.word("flag", 1, 0);
        waiting.cpu(
                "a",
                cpu -> {
                    cpu.event("left");
                    cpu.waitFor(flag, v -> v.is(1));
                });
        assertThat(beyond(of(waiting), of(LEFT)).event())
                .isEqualTo("CPU0 (a) waits for ever, deadlock");
        assertThat(beyond(of(waiting), of(LEFT)).seen()).containsExactly("left on CPU0");
    }

    @Test
    void aSectionThatEndsLaterIsWithinOneThatEndsEarlierAndNotTheReverse() {
        Behaviours tight = of(section(false));
        Behaviours loose = of(section(true));
        assertThat(loose.within(tight)).isInstanceOf(Inclusion.Within.class);
        assertThat(beyond(tight, loose).event()).isEqualTo("read the new on CPU0");
    }

    /// A reader looks at a word inside its section, or behind it.
    private static Scene section(boolean inside) {
        var scene = new Scene();
        Cell<Val> word = scene.memory.word("word", 1, 0);
        return scene.cpu(
                        "reader",
                        cpu -> {
                            cpu.rcuReadLock();
                            cpu.event("inside");
                            boolean old = true;
                            if (inside) old = cpu.read(word).isZero();
                            cpu.rcuReadUnlock();
                            if (!inside) old = cpu.read(word).isZero();
                            if (old) cpu.event("read the old");
                            else cpu.event("read the new");
                        })
                .cpu(
                        "writer",
                        cpu -> {
                            cpu.waitFor(word, v -> v.is(0));
                            cpu.event("called");
                            cpu.synchronizeRcu();
                            cpu.write(word, 1);
                        });
    }

    @Test
    void whatIsCutShortIsNeverWithin() {
        Behaviours cut =
                Behaviours.of(
                        new Scene().cpu("a", EITHER).model("cut"),
                        Config.PREEMPT_Y_4_20,
                        Limits.DEFAULT.states(2));
        assertThat(cut.within(of(EITHER))).isInstanceOf(Inclusion.Unknown.class);
        assertThat(of(EITHER).within(cut)).isInstanceOf(Inclusion.Unknown.class);
    }
}
