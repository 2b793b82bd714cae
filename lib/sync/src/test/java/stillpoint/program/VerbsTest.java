package stillpoint.program;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every verb records the step it says: the language on one page.
class VerbsTest {
    private static final Memory MEMORY = new Memory();
    private static final Kind MAP = MEMORY.kind("swap_map", 1);
    private static final Cell<Val> X = MEMORY.word("x", 2, 0);
    private static final Cell<Ptr> P = MEMORY.pointer("p", MAP);
    private static final SpinLock LOCK = MEMORY.spinLock("lock");
    private static final Mutex MUTEX = MEMORY.mutex("mutex");
    private static final Operand R0 = new Operand.Reg(0);

    /// A verb, a use of it, and the steps that it records.
    record Use(String verb, Consumer<Cpu> body, List<Step> steps) {
        @Override
        public String toString() {
            return verb;
        }
    }

    static Stream<Use> uses() {
        return Stream.of(
                // Reads and writes.
                use("read", cpu -> cpu.read(X).ignored(), read(-1, X, Order.PLAIN)),
                use("readOnce", cpu -> cpu.readOnce(X).ignored(), read(-1, X, Order.ONCE)),
                use(
                        "smpLoadAcquire",
                        cpu -> cpu.smpLoadAcquire(X).ignored(),
                        read(-1, X, Order.ACQUIRE)),
                use("rcuDereference", cpu -> cpu.rcuDereference(P), read(-1, P, Order.DEREFERENCE)),
                use("write", cpu -> cpu.write(X, 3), write(X, Operand.of(3), Order.PLAIN)),
                use(
                        "write",
                        cpu -> cpu.write(X, cpu.read(X)),
                        read(0, X, Order.PLAIN),
                        write(X, R0, Order.PLAIN)),
                use(
                        "writePtr",
                        cpu -> cpu.writePtr(P, cpu.read(P)),
                        read(0, P, Order.PLAIN),
                        write(P, R0, Order.PLAIN)),
                use("clear", cpu -> cpu.clear(P), write(P, Operand.of(0), Order.PLAIN)),
                use("writeOnce", cpu -> cpu.writeOnce(X, 1), write(X, Operand.of(1), Order.ONCE)),
                use(
                        "smpStoreRelease",
                        cpu -> cpu.smpStoreRelease(X, 1),
                        write(X, Operand.of(1), Order.RELEASE)),
                use(
                        "rcuAssignPointer",
                        cpu -> cpu.rcuAssignPointer(P, cpu.read(P)),
                        read(0, P, Order.PLAIN),
                        write(P, R0, Order.RELEASE)),
                use("setBits", cpu -> cpu.setBits(X, 2), modify(Step.Update.OR, 0, 2, Order.PLAIN)),
                use(
                        "clearBits",
                        cpu -> cpu.clearBits(X, 2),
                        modify(Step.Update.AND_NOT, 0, 2, Order.PLAIN)),
                use(
                        "cmpxchg",
                        cpu -> cpu.cmpxchg(X, 1, 2),
                        modify(Step.Update.CMPXCHG, 1, 2, Order.FULL)),
                use("xchg", cpu -> cpu.xchg(X, 2), modify(Step.Update.XCHG, 0, 2, Order.FULL)),
                use(
                        "fetchAdd",
                        cpu -> cpu.fetchAdd(X, Val.of(2)),
                        modify(Step.Update.ADD, 0, 2, Order.FULL)),
                use("inc", cpu -> cpu.inc(X), modify(Step.Update.ADD, 0, 1, Order.PLAIN)),
                use("dec", cpu -> cpu.dec(X), modify(Step.Update.ADD, 0, 3, Order.PLAIN)),
                use(
                        "decAndTest",
                        cpu -> cpu.decAndTest(X),
                        modify(Step.Update.ADD, 0, 3, Order.FULL)),
                use(
                        "incNotZero",
                        cpu -> cpu.incNotZero(X),
                        modify(Step.Update.ADD_UNLESS_ZERO, 0, 1, Order.FULL)),
                // Fences.
                use("smpMb", Cpu::smpMb, new Step.Fence("smp_mb")),
                use("smpRmb", Cpu::smpRmb, new Step.Fence("smp_rmb")),
                use("smpWmb", Cpu::smpWmb, new Step.Fence("smp_wmb")),
                // Sections and locks, each with the verb that ends it.
                section(
                        "enter",
                        "leave",
                        Section.PREEMPT,
                        cpu -> cpu.enter(Section.PREEMPT),
                        cpu -> cpu.leave(Section.PREEMPT)),
                section(
                        "preemptDisable",
                        "preemptEnable",
                        Section.PREEMPT,
                        Cpu::preemptDisable,
                        Cpu::preemptEnable),
                section(
                        "localIrqDisable",
                        "localIrqEnable",
                        Section.IRQ,
                        Cpu::localIrqDisable,
                        Cpu::localIrqEnable),
                section(
                        "rcuReadLock",
                        "rcuReadUnlock",
                        Section.RCU,
                        Cpu::rcuReadLock,
                        Cpu::rcuReadUnlock),
                section(
                        "srcuReadLock",
                        "srcuReadUnlock",
                        Section.SRCU,
                        Cpu::srcuReadLock,
                        Cpu::srcuReadUnlock),
                use(
                        "spinLock spinUnlock",
                        cpu -> {
                            cpu.spinLock(LOCK);
                            cpu.spinUnlock(LOCK);
                        },
                        new Step.Enter(Section.PREEMPT),
                        new Step.SpinAcquire(LOCK.place()),
                        new Step.SpinRelease(LOCK.place()),
                        new Step.Leave(Section.PREEMPT)),
                use(
                        "mutexLock mutexUnlock",
                        cpu -> {
                            cpu.mutexLock(MUTEX);
                            cpu.mutexUnlock(MUTEX);
                        },
                        new Step.MutexAcquire(MUTEX.place()),
                        new Step.MutexRelease(MUTEX.place())),
                // Waiting.
                gracePeriod("synchronizeRcu", GracePeriod.RCU, Cpu::synchronizeRcu),
                gracePeriod(
                        "synchronizeRcuExpedited",
                        GracePeriod.RCU_EXPEDITED,
                        Cpu::synchronizeRcuExpedited),
                gracePeriod("synchronizeSched", GracePeriod.SCHED, Cpu::synchronizeSched),
                gracePeriod("synchronizeSrcu", GracePeriod.SRCU, Cpu::synchronizeSrcu),
                use(
                        "stopMachine",
                        cpu -> cpu.stopMachine(CpuMask.ONLINE, each -> {}),
                        new Step.StopMachine(CpuMask.ONLINE, Optional.empty())),
                use(
                        "onlineMask stopMachineOn",
                        cpu -> cpu.stopMachineOn(cpu.onlineMask(), each -> {}),
                        new Step.OnlineMask(0),
                        new Step.StopMachine(CpuMask.ONLINE, Optional.empty(), Optional.of(R0))),
                use(
                        "interruptedQuiescent",
                        cpu -> cpu.interruptedQuiescent(),
                        new Step.Interrupted(-1)),
                use(
                        "condLoad",
                        cpu -> cpu.condLoad(X, v -> v.has(2)),
                        new Step.SpinUntil(-1, X.place(), 0b1100)),
                use(
                        "waitFor",
                        cpu -> cpu.waitFor(X, v -> v.is(1)),
                        new Step.SleepUntil(X.place(), 0b10)),
                use(
                        "mightSleep",
                        cpu -> cpu.mightSleep("cond_resched()"),
                        new Step.Schedule("cond_resched()")),
                // Objects.
                use("alloc", cpu -> cpu.alloc(MAP), new Step.Allocate(-1, MAP)),
                use(
                        "free",
                        cpu -> cpu.free(cpu.read(P)),
                        read(0, P, Order.PLAIN),
                        new Step.Free(R0, MAP)),
                // What happens or not, and what must.
                use("choose", cpu -> cpu.choose("rain"), new Step.Choose(-1, "rain")),
                use("must", cpu -> cpu.must(false, "rule"), new Step.Fail(Fault.ASSERTION, "rule")),
                use("sometimes", cpu -> cpu.sometimes("done"), new Step.Sometimes("done")),
                use("note", cpu -> cpu.note("here"), new Step.Note("here")),
                use("nop", cpu -> cpu.nop("put"), new Step.Nop("put")),
                use("event", cpu -> cpu.event("call"), new Step.Event("call")),
                // Control flow leaves only the steps in it.
                use("atomic", cpu -> cpu.atomic(cpu::smpMb), new Step.Fence("smp_mb")),
                use("when", cpu -> cpu.when(() -> true, cpu::smpMb), new Step.Fence("smp_mb")),
                use("call", cpu -> cpu.call("f", cpu::smpMb), new Step.Fence("smp_mb")),
                use(
                        "test",
                        cpu -> cpu.test("f", () -> cpu.choose("rain")),
                        new Step.Choose(-1, "rain")),
                use("fetch", cpu -> cpu.fetch("f", 2, () -> cpu.read(X)), read(-1, X, Order.PLAIN)),
                use(
                        "inline",
                        cpu -> cpu.inline("f", () -> cpu.read(X)).ignored(),
                        read(-1, X, Order.PLAIN)),
                use("local", cpu -> cpu.local("i", 2, 0)),
                use(
                        "loop",
                        inKernel(cpu -> cpu.loop(() -> cpu.choose("again"))),
                        new Step.Fence("smp_mb"),
                        new Step.Choose(0, "again"),
                        new Step.Branch(new Question(Question.Relation.EQUAL, R0, Operand.of(1)))),
                use(
                        "forEachCpu",
                        inKernel(cpu -> cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.smpMb())),
                        new Step.Fence("smp_mb"),
                        new Step.Compute(0, Step.Arithmetic.COPY, Operand.of(0), Operand.of(0), 16),
                        new Step.NextCpu(1, 0, CpuMask.ONLINE),
                        new Step.Branch(
                                new Question(
                                        Question.Relation.BELOW,
                                        new Operand.Reg(1),
                                        new Operand.CpuCount())),
                        new Step.Fence("smp_mb")));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void aVerbRecordsTheStepItSays(Use use) {
        assertThat(Recorded.steps(use.body())).isEqualTo(use.steps());
    }

    @Test
    void noVerbOfTheLanguageIsMissingHere() {
        var shown = uses().flatMap(use -> Arrays.stream(use.verb().split(" "))).collect(toSet());
        var verbs =
                Arrays.stream(Cpu.class.getDeclaredMethods())
                        .filter(m -> Modifier.isPublic(m.getModifiers()))
                        .map(Method::getName);
        assertThat(verbs.collect(toSet())).isEqualTo(shown);
    }

    private static Use use(String verb, Consumer<Cpu> body, Step... steps) {
        return new Use(verb, body, List.of(steps));
    }

    /// A loop that is the first thing a program does has a first round of its own, which begins in
    /// user mode.
    private static Consumer<Cpu> inKernel(Consumer<Cpu> body) {
        Consumer<Cpu> entry = Cpu::smpMb;
        return entry.andThen(body);
    }

    private static Use section(
            String enter,
            String leave,
            Section section,
            Consumer<Cpu> entering,
            Consumer<Cpu> leaving) {
        return use(
                enter + " " + leave,
                entering.andThen(leaving),
                new Step.Enter(section),
                new Step.Leave(section));
    }

    private static Use gracePeriod(String verb, GracePeriod kind, Consumer<Cpu> wait) {
        return use(verb, wait, new Step.GraceBegin(kind), new Step.GraceEnd(kind));
    }

    private static Step read(int register, Cell<?> cell, Order order) {
        return new Step.Read(register, cell.place(), order);
    }

    private static Step write(Cell<?> cell, Operand value, Order order) {
        return new Step.Write(cell.place(), value, order);
    }

    private static Step modify(Step.Update update, int expected, int value, Order order) {
        return new Step.Modify(
                -1, X.place(), update, Operand.of(expected), Operand.of(value), order);
    }
}
