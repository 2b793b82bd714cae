package stillpoint.swap;

import java.util.Arrays;
import java.util.stream.Collectors;
import stillpoint.program.Cpu;
import stillpoint.program.Told;

/// What happens to the device while readers fault on an entry of it.
public enum Scenario {
    /// One swapoff, which may fail and put the device back.
    SWAPOFF("off", "once", "none"),
    /// swapoff, then another device is switched on in the slot, and a page of another process goes
    /// out to it.
    SWAPON("on", "once", "once"),
    /// swapoff, swapon, and swapoff of the new device: the second call of whatever swapoff calls,
    /// and the third of what swapon calls too.
    TWICE("twice", "twice", "once, in between"),
    /// swapoff and swapon without end: the search closes because states come again, not because of
    /// a bound.
    EVER("ever", "again and again", "after each swapoff");

    /// What is told when `swapoff()` is called.
    static final String SWAPOFF_CALL = "swapoff()";

    /// What is told when `swapon()` is called.
    static final String SWAPON_CALL = "swapon()";

    private final String word;
    private final String swapoffs;
    private final String swapons;

    Scenario(String word, String swapoffs, String swapons) {
        this.word = word;
        this.swapoffs = swapoffs;
        this.swapons = swapons;
    }

    /// The name in a replay string.
    public String word() {
        return word;
    }

    /// How often the device is switched off, in words.
    public String swapoffs() {
        return swapoffs;
    }

    /// How often another is switched on, in words.
    public String swapons() {
        return swapons;
    }

    /// Whether another device is ever switched on.
    public boolean hasSwapon() {
        return this != SWAPOFF;
    }

    /// Whether it begins again when it ends.
    boolean repeats() {
        return this == EVER;
    }

    /// What the CPU of swapoff does.
    void run(Cpu cpu, SwapCache cache) {
        run(cpu, cache, false);
    }

    /// The same, telling when each system call begins and when it has returned.
    void runTelling(Cpu cpu, SwapCache cache) {
        run(cpu, cache, true);
    }

    private void run(Cpu cpu, SwapCache cache, boolean tells) {
        var off = new SwapOff(cache);
        if (!swapoff(cpu, off, tells) || !hasSwapon()) return;
        var on = new SwapOn(cache);
        tell(cpu, tells, SWAPON_CALL);
        on.swapon(cpu);
        tell(cpu, tells, Told.returned(SWAPON_CALL));
        switch (this) {
            case SWAPOFF, EVER -> {}
            case SWAPON -> on.swapOutAnothers(cpu);
            case TWICE -> cpu.call("once more", () -> swapoff(cpu, off, tells));
        }
    }

    private static boolean swapoff(Cpu cpu, SwapOff off, boolean tells) {
        tell(cpu, tells, SWAPOFF_CALL);
        boolean done = off.swapoff(cpu);
        tell(cpu, tells, Told.returned(SWAPOFF_CALL));
        return done;
    }

    private static void tell(Cpu cpu, boolean tells, String what) {
        if (tells) cpu.event(what);
    }

    /// The scenario with this name.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static Scenario named(String word) {
        return Arrays.stream(values())
                .filter(s -> s.word.equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "scenario "
                                        + word
                                        + ": a scenario is one of "
                                        + Arrays.stream(values())
                                                .map(Scenario::word)
                                                .collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return word;
    }
}
