package stillpoint.program;

import java.util.function.BooleanSupplier;

/// A queue of at most one sleeper, taken apart into its steps (`wait_queue_head_t`): prepare, ask,
/// sleep. In another order a wake-up between the question and the sleep is lost.
///
/// Source: kernel/sched/wait.c (v4.19). What is left out: more than one sleeper, and wake-ups for
/// no reason.
///
/// @param state the sleeper's: 0 runs, 1 has said that it is about to sleep
public record WaitQueue(Cell<Val> state) {
    private static final int RUNNING = 0;
    private static final int SLEEPING = 1;

    /// A queue with nobody in it.
    public static WaitQueue of(Memory memory, String name) {
        return new WaitQueue(
                memory.named(
                        memory.word(name + ".sleeper", 1, RUNNING),
                        "TASK_RUNNING",
                        "TASK_UNINTERRUPTIBLE"));
    }

    /// `prepare_to_wait`: from here on a wake-up is not lost.
    public void prepareToWait(Cpu cpu) {
        cpu.write(state, SLEEPING);
    }

    /// `schedule`: sleeps unless somebody has woken it since [#prepareToWait].
    public void schedule(Cpu cpu) {
        cpu.waitFor(state, v -> v.is(RUNNING));
    }

    /// `finish_wait`.
    public void finishWait(Cpu cpu) {
        cpu.write(state, RUNNING);
    }

    /// `wake_up`: who sleeps goes on.
    public void wakeUp(Cpu cpu) {
        cpu.write(state, RUNNING);
    }

    /// `wait_event`: the three in the right order, until the condition holds.
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
