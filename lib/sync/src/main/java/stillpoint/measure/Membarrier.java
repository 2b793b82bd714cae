package stillpoint.measure;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// The commands of membarrier(2), a system call by which an unprivileged process has the running
/// kernel do what it does for itself: wait for a grace period, or interrupt other CPUs.
///
/// Numbers: `include/uapi/linux/membarrier.h`. What they do: `kernel/sched/membarrier.c`.
public enum Membarrier {
    /// Tells which commands there are: no more than a system call.
    QUERY(0, 0),
    /// `synchronize_rcu()`, nothing else.
    GLOBAL(1, 0),
    /// Interrupts every CPU that runs a process that has registered.
    GLOBAL_EXPEDITED(1 << 1, 1 << 2),
    /// Interrupts every other CPU that runs a thread of this process.
    PRIVATE_EXPEDITED(1 << 3, 1 << 4),
    /// The same, and those CPUs also serialise the instructions that they fetched.
    PRIVATE_EXPEDITED_SYNC_CORE(1 << 5, 1 << 6);

    private final int command;
    private final int registration;

    Membarrier(int command, int registration) {
        this.command = command;
        this.registration = registration;
    }

    /// The system call: a command's number to its result, which is `-errno` where it failed.
    @FunctionalInterface
    public interface Call {
        long membarrier(int command);
    }

    int command() {
        return command;
    }

    /// The name in a file, as in the kernel's header.
    public String word() {
        return "MEMBARRIER_CMD_" + name();
    }

    /// Which of these commands a kernel has, those registered for that have to be.
    ///
    /// @throws Unavailable if it has none, or refuses to register
    static Set<Membarrier> prepare(Set<Membarrier> wanted, Call call) {
        long mask = done(QUERY, QUERY.command, call);
        Set<Membarrier> there =
                wanted.stream()
                        .filter(each -> (mask & each.command) == each.command)
                        .filter(each -> (mask & each.registration) == each.registration)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Membarrier.class)));
        for (Membarrier each : there)
            if (each.registration != 0) done(each, each.registration, call);
        return there;
    }

    /// Does it.
    ///
    /// @throws Unavailable if it fails
    void issue(Call call) {
        done(this, command, call);
    }

    private static long done(Membarrier what, int command, Call call) {
        long result = call.membarrier(command);
        if (result < 0) throw new Unavailable(failure(what, (int) -result));
        return result;
    }

    private static String failure(Membarrier what, int errno) {
        String call = what.word() + ": errno " + errno;
        return switch (errno) {
            case 1 ->
                    call
                            + " (EPERM): forbidden, by a filter of a container or because it is not"
                            + " registered; run it outside of the container, or allow membarrier(2)"
                            + " in its seccomp profile";
            case 12 ->
                    call + " (ENOMEM): the kernel has no memory left for it; free some, and repeat";
            case 22 ->
                    call
                            + " (EINVAL): this kernel does not have that command, or does not allow it"
                            + " (MEMBARRIER_CMD_GLOBAL is not there with nohz_full CPUs); measure on"
                            + " another kernel";
            case 38 ->
                    call
                            + " (ENOSYS): the running kernel has no membarrier(2): it is older than"
                            + " 4.3, built without CONFIG_MEMBARRIER, or a filter of a container hides"
                            + " it; measure on another, or see what is recorded in data/measured/";
            default -> call + ": see membarrier(2) for what it means; then repeat";
        };
    }
}
