package stillpoint.program;

import java.util.function.BooleanSupplier;

/// A queue of sleepers, taken apart into its steps (`wait_queue_head_t`): prepare, ask, sleep. In
/// another order a wake-up between the question and the sleep is lost.
///
/// Any number of tasks may sleep, one on each CPU. Whom [#wakeUp] finds first is left open, as the
/// kernel's order is that in which they came: every order is searched, so what holds here holds
/// there, and a run that fails here may need an order that the kernel does not have.
///
/// Source: kernel/sched/wait.c (v4.19). What is left out: sleepers that are not exclusive beside
/// others that are, wake-ups for no reason, and interrupts off under the queue's lock, so a handler
/// must not wake.
///
/// @param state of the sleeper on each CPU: 0 runs, 1 has said that it is about to sleep
/// @param lock `wq_head->lock`
public record WaitQueue(PerCpu state, SpinLock lock) {
    private static final int RUNNING = 0;
    private static final int SLEEPING = 1;

    /// A queue with nobody in it.
    public static WaitQueue of(Memory memory, String name) {
        PerCpu state = memory.perCpuWord(name + ".sleeper", 1, RUNNING);
        memory.named(state.mine(), "TASK_RUNNING", "TASK_UNINTERRUPTIBLE");
        return new WaitQueue(state, memory.spinLock(name + ".lock"));
    }

    /// `prepare_to_wait_exclusive`: from here on a wake-up is not lost.
    public void prepareToWait(Cpu cpu) {
        cpu.spinLock(lock);
        cpu.write(state.mine(), SLEEPING);
        cpu.spinUnlock(lock);
    }

    /// `schedule`: sleeps unless somebody has woken it since [#prepareToWait].
    public void schedule(Cpu cpu) {
        cpu.waitFor(state.mine(), v -> v.is(RUNNING));
    }

    /// `finish_wait`.
    public void finishWait(Cpu cpu) {
        cpu.write(state.mine(), RUNNING);
    }

    /// `wake_up`: one that sleeps goes on, if there is one.
    public void wakeUp(Cpu cpu) {
        cpu.spinLock(lock);
        Local woken = cpu.local("woken", 1, 0);
        cpu.forEachCpu(
                CpuMask.ONLINE,
                each ->
                        cpu.when(
                                () -> woken.get().is(0) && cpu.read(state.of(each)).is(SLEEPING),
                                () -> {
                                    cpu.write(state.of(each), RUNNING);
                                    woken.set(1);
                                }));
        cpu.spinUnlock(lock);
    }

    /// `wake_up_all`: all that sleep go on.
    public void wakeUpAll(Cpu cpu) {
        cpu.spinLock(lock);
        cpu.forEachCpu(CpuMask.ONLINE, each -> cpu.write(state.of(each), RUNNING));
        cpu.spinUnlock(lock);
    }

    /// `wait_event_exclusive`: the three in the right order, until the condition holds.
    public void waitEvent(Cpu cpu, BooleanSupplier condition) {
        cpu.loop(() -> {
            prepareToWait(cpu);
            if (condition.getAsBoolean()) return false;
            schedule(cpu);
            return true;
        });
        finishWait(cpu);
    }
}
