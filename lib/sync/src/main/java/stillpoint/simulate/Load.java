package stillpoint.simulate;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stillpoint.random.Distribution;
import stillpoint.random.Fixed;

/// What the CPUs do besides swapoff.
///
/// @param faults page faults on swapped-out pages, a second on each CPU that is not idle
/// @param section time that a look-up in the swap cache takes between get and put, besides the
///   steps that are simulated
/// @param idle the part of the CPUs that is idle, 0 to 1
/// @param straggler nanoseconds for which one CPU cannot be preempted from the start of swapoff on;
///   0 for none
/// @param pauses what happens besides the steps that are simulated: at a point at which the
///   scheduler may run, by its label, or where a function is entered, such as `swap_readpage` for
///   the device
/// @param taken labels of choices that are taken; the others are not
public record Load(
        double faults,
        Distribution section,
        double idle,
        long straggler,
        Map<String, Pause> pauses,
        Set<String> taken) {
    public Load {
        if (!(faults > 0 && faults <= 1e7))
            throw new IllegalArgumentException(
                    "faults = "
                            + faults
                            + " a second: a CPU has more than 0 and at most 1e7; an idle CPU is"
                            + " said by idle");
        if (!(idle >= 0 && idle <= 1))
            throw new IllegalArgumentException(
                    "idle = " + idle + ": the part of the CPUs that is idle is from 0 to 1");
        if (straggler < 0 || straggler > 60_000_000_000L)
            throw new IllegalArgumentException(
                    "straggler = " + straggler + " ns: 0 for none, at most 60 s");
        pauses = Map.copyOf(pauses);
        taken = Set.copyOf(taken);
    }

    /// The function whose time [#section] is: every design guards it.
    static final String GUARDED = "find_get_page";

    static final Distribution NO_TIME = new Fixed(0);

    /// What happens where a function is entered, or at a label.
    Optional<Pause> at(String name) {
        return name.equals(GUARDED)
                ? Optional.of(new Pause.Busy(section))
                : Optional.ofNullable(pauses.get(name));
    }

    /// The same with another rate.
    public Load faults(double perSecond) {
        return new Load(perSecond, section, idle, straggler, pauses, taken);
    }

    /// The same with sections of another length.
    public Load section(Distribution length) {
        return new Load(faults, length, idle, straggler, pauses, taken);
    }

    /// The same with another part of idle CPUs.
    public Load idle(double part) {
        return new Load(faults, section, part, straggler, pauses, taken);
    }

    /// The same with a CPU that cannot be preempted for so long.
    public Load straggler(long ns) {
        return new Load(faults, section, idle, ns, pauses, taken);
    }

    /// The same with other pauses.
    public Load pauses(Map<String, Pause> others) {
        return new Load(faults, section, idle, straggler, others, taken);
    }
}
