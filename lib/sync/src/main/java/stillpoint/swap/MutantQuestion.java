package stillpoint.swap;

import java.util.List;
import stillpoint.check.Checker;
import stillpoint.check.Limits;
import stillpoint.check.Reductions;
import stillpoint.check.Survey;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// What is asked about a mutant, and about the design it is a mutant of: which faults are met, and
/// in which functions.
///
/// @param audited whether the kernel's own checks of the counts are modelled
record MutantQuestion(
        int readers, Scenario scenario, DeviceKind device, Config config, boolean audited) {
    /// Bounds in states, not in seconds: the same on every machine.
    static final Limits LIMITS = Limits.DEFAULT.states(3_000_000);

    /// Those that are asked of every mutant, the cheap ones first.
    static final List<MutantQuestion> ALL =
            List.of(
                    one(Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_20),
                    one(Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_19),
                    one(Scenario.SWAPON, DeviceKind.HDD, Config.PREEMPT_Y_4_20),
                    one(Scenario.SWAPON, DeviceKind.SYNC, Config.PREEMPT_Y_4_20),
                    one(Scenario.TWICE, DeviceKind.SSD, Config.PREEMPT_Y_4_20),
                    one(Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_20).audit(),
                    one(Scenario.SWAPON, DeviceKind.HDD, Config.PREEMPT_Y_4_20).audit());

    /// Asked last, since it is the largest.
    static final MutantQuestion TWO_READERS =
            new MutantQuestion(2, Scenario.SWAPON, DeviceKind.SSD, Config.PREEMPT_Y_4_20, false);

    private static MutantQuestion one(Scenario scenario, DeviceKind device, Config config) {
        return new MutantQuestion(1, scenario, device, config, false);
    }

    private MutantQuestion audit() {
        return new MutantQuestion(readers, scenario, device, config, true);
    }

    /// The programs that it is asked of.
    MutantPrograms.Recorded recorded() {
        return new MutantPrograms.Recorded(
                scenario, device, audited ? Watch.COUNTS : Watch.NOTHING);
    }

    /// Searches; every node knows its function.
    Survey asked(SwapPrograms programs) {
        return Checker.of(config)
                .with(LIMITS)
                .with(Reductions.ALL.withoutMerging())
                .survey(model(programs, readers, scenario, device));
    }

    /// The model of a mutant, or of its design.
    static Model model(SwapPrograms programs, int readers, Scenario scenario, DeviceKind device) {
        return SwapModel.of("mutant", programs, readers, scenario, device);
    }

    @Override
    public String toString() {
        return readers
                + (readers == 1 ? " reader, " : " readers, ")
                + device
                + ", "
                + (scenario == Scenario.TWICE ? "swapoff twice, " : "")
                + config
                + (audited ? ", counts audited" : "");
    }
}
