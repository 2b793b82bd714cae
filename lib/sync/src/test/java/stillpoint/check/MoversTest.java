package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Recorder;

class MoversTest {
    private final Memory memory = new Memory();
    private final Checker checker = Checker.of(Config.PREEMPT_Y_4_20);

    @Test
    void aStepBehindAnAtomicPieceDoesNotJoinIt() {
        var x = memory.word("x", 1, 0);
        var y = memory.word("y", 1, 0);
        Program writer =
                Recorder.record(
                        "writer",
                        cpu -> {
                            cpu.atomic(() -> {
                                cpu.nop("first");
                                cpu.write(x, 1);
                            });
                            cpu.write(y, 1);
                        });
        Program reader =
                Recorder.record(
                        "reader",
                        cpu -> {
                            boolean early = cpu.read(x).is(1);
                            cpu.must(!early || cpu.read(y).is(1), "y with x");
                        });
        sameWithoutMovers(writer, reader);
    }

    @Test
    void aLockThatIsInitialisedAnewMayBeHeld() {
        var lock = memory.spinLock("lock");
        var ready = memory.word("ready", 1, 0);
        Program holder =
                Recorder.record(
                        "holder",
                        cpu -> {
                            cpu.spinLock(lock);
                            if (cpu.read(ready).is(1)) cpu.nop("late");
                            else cpu.must(false, "too early");
                            cpu.spinUnlock(lock);
                        });
        Program initialiser =
                Recorder.record(
                        "initialiser",
                        cpu -> {
                            cpu.write(new Cell<>(lock.place()), 0);
                            cpu.write(ready, 1);
                        });
        Model model = model(holder, initialiser);
        String fault = "unlock of a free lock";
        assertThat(checker.only(fault).with(Reductions.VERBS).check(model).word())
                .isEqualTo("violation");
        assertThat(checker.only(fault).check(model).word()).isEqualTo("violation");
    }

    private void sameWithoutMovers(Program... programs) {
        Model model = model(programs);
        assertThat(checker.with(Reductions.VERBS).check(model).word()).isEqualTo("violation");
        assertThat(checker.check(model).word()).isEqualTo("violation");
    }

    private Model model(Program... programs) {
        List<Agent> agents =
                List.of(programs).stream().map(p -> new Agent(p.name(), p, 1)).toList();
        return new Model("movers", memory, agents, List.of(), Bounds.of(), FailureClasses.NONE);
    }

    @Test
    void noReductionMovesOrHidesAnEvent() {
        Program both =
                Recorder.record(
                        "both",
                        cpu -> {
                            cpu.smpMb();
                            cpu.event("one");
                            cpu.smpMb();
                            cpu.event("two");
                        });
        var model =
                new Model(
                        "events",
                        memory,
                        List.of(new Agent("both", both, 2)),
                        List.of(),
                        Bounds.of("tasks", "2"),
                        FailureClasses.NONE);
        assertThat(checker.check(model).counts().depth()).isEqualTo(4);
    }
}
