package stillpoint.simulate;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
/// @param pages how many are left on the device when swapoff begins: `try_to_unuse` reads each
/// @param interrupts of devices, on each CPU
/// @param swapoffs how many devices are switched off, one after another, as `swapoff -a` does
/// @param pauses what happens besides the steps that are simulated: at a point at which the
///   scheduler may run, by its label, or where a function is entered, such as `swap_readpage` for
///   the device
/// @param taken labels of choices that are taken; the others are not
public record Load(
        double faults,
        Distribution section,
        double idle,
        long straggler,
        int pages,
        Optional<Interrupts> interrupts,
        int swapoffs,
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
        if (pages < 0 || pages > MOST_PAGES)
            throw new IllegalArgumentException(
                    "pages = "
                            + pages
                            + ": 0 for none left on the device, at most "
                            + MOST_PAGES
                            + "; each of them is simulated");
        if (swapoffs < 1 || swapoffs > MOST_SWAPOFFS)
            throw new IllegalArgumentException(
                    "swapoffs = " + swapoffs + ": a run has 1 to " + MOST_SWAPOFFS + " of them");
        // In a fixed order, since it is printed.
        pauses = Collections.unmodifiableMap(new TreeMap<>(pauses));
        taken = Collections.unmodifiableSet(new TreeSet<>(taken));
    }

    private static final int MOST_PAGES = 1_000_000;
    private static final int MOST_SWAPOFFS = 1000;

    /// Interrupts of devices.
    ///
    /// @param rate a second, on each CPU, at random times
    /// @param length how long one keeps its CPU, besides the way in and out
    public record Interrupts(double rate, Distribution length) {
        public Interrupts {
            if (!(rate > 0 && rate <= 1e6))
                throw new IllegalArgumentException(
                        "interrupts = "
                                + rate
                                + " a second: a CPU has more than 0 and at most 1e6; leave them out"
                                + " for none");
            double busy = rate * length.mean() * 1e-9;
            if (busy >= 1)
                throw new IllegalArgumentException(
                        "interrupts = "
                                + rate
                                + " a second of "
                                + length
                                + ": they keep a CPU all the time (utilisation "
                                + String.format(Locale.ROOT, "%.2f", busy)
                                + ", and it has to be under 1); take a lower rate or a shorter"
                                + " length");
        }

        /// Reads what `toString` prints: `1000 of exp 5us`.
        ///
        /// @throws IllegalArgumentException unless it is a rate and a length in their ranges
        public static Interrupts parse(String text) {
            String[] sides = text.split(" of ", 2);
            double rate;
            try {
                rate = Double.parseDouble(sides[0].strip());
            } catch (NumberFormatException e) {
                throw unreadable(text);
            }
            if (sides.length < 2) throw unreadable(text);
            return new Interrupts(rate, Distribution.parse(sides[1].strip()));
        }

        private static IllegalArgumentException unreadable(String text) {
            return new IllegalArgumentException(
                    "interrupts = "
                            + text
                            + ": how many a second and how long each, such as \"1000 of exp 5us\"");
        }

        /// Part of a CPU's time that they take, under 1.
        double utilisation() {
            return rate * length.mean() * 1e-9;
        }

        @Override
        public String toString() {
            return Double.toString(rate).replaceFirst("\\.0$", "") + " of " + length;
        }
    }

    /// The label of the step that is such an interrupt.
    static final String INTERRUPT = "device interrupt";

    /// The function whose time [#section] is: every design guards it.
    static final String GUARDED = "find_get_page";

    static final Distribution NO_TIME = new Fixed(0);

    /// What happens where a function is entered, or at a label.
    Optional<Pause> at(String name) {
        return name.equals(GUARDED)
                ? Optional.of(new Pause.Busy(section))
                : name.equals(INTERRUPT)
                        ? interrupts.map(i -> new Pause.Busy(i.length()))
                        : Optional.ofNullable(pauses.get(name));
    }

    /// One swapoff, without pages left or interrupts.
    public Load(
            double faults,
            Distribution section,
            double idle,
            long straggler,
            Map<String, Pause> pauses,
            Set<String> taken) {
        this(faults, section, idle, straggler, 0, Optional.empty(), 1, pauses, taken);
    }

    /// The same with another rate.
    public Load faults(double perSecond) {
        return new Load(
                perSecond, section, idle, straggler, pages, interrupts, swapoffs, pauses, taken);
    }

    /// The same with sections of another length.
    public Load section(Distribution length) {
        return new Load(
                faults, length, idle, straggler, pages, interrupts, swapoffs, pauses, taken);
    }

    /// The same with another part of idle CPUs.
    public Load idle(double part) {
        return new Load(
                faults, section, part, straggler, pages, interrupts, swapoffs, pauses, taken);
    }

    /// The same with a CPU that cannot be preempted for so long.
    public Load straggler(long ns) {
        return new Load(faults, section, idle, ns, pages, interrupts, swapoffs, pauses, taken);
    }

    /// The same with so many pages left on the device.
    public Load pages(int left) {
        return new Load(
                faults, section, idle, straggler, left, interrupts, swapoffs, pauses, taken);
    }

    /// The same with interrupts of devices.
    public Load interrupts(double perSecond, Distribution length) {
        return interrupts(Optional.of(new Interrupts(perSecond, length)));
    }

    /// The same with these interrupts of devices, or none.
    public Load interrupts(Optional<Interrupts> others) {
        return new Load(faults, section, idle, straggler, pages, others, swapoffs, pauses, taken);
    }

    /// The same with so many devices that are switched off.
    public Load swapoffs(int number) {
        return new Load(faults, section, idle, straggler, pages, interrupts, number, pauses, taken);
    }

    /// The same with other pauses.
    public Load pauses(Map<String, Pause> others) {
        return new Load(
                faults, section, idle, straggler, pages, interrupts, swapoffs, others, taken);
    }
}
