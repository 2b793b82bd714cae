package stillpoint.swap;

import java.util.Arrays;
import java.util.stream.Collectors;
import stillpoint.check.Checker;
import stillpoint.check.Limits;
import stillpoint.check.Means;
import stillpoint.check.Reductions;
import stillpoint.check.Schedule;
import stillpoint.check.Survey;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.Fault;

/// One question about one design: is it safe with so many readers, on such a device, on such a
/// kernel?
///
/// ```java
/// SwapCheck.of(new StopMachineV7()).readers(3).swapon(true).verdict()
/// ```
///
/// @param design whose get, put, publish, retract and free are searched
/// @param readers CPUs that take a page fault, 1 to 8
/// @param scenario what happens to the device meanwhile
/// @param device what the swap device is
/// @param checker the kernel configuration, the reductions, the limits
public record SwapCheck(
        SwapDesign design, int readers, Scenario scenario, DeviceKind device, Checker checker) {
    /// Three readers, no swapon, an SSD, `PREEMPT=y` since 4.20: where nothing but what the API
    /// promises keeps a design safe.
    public static SwapCheck of(SwapDesign design) {
        return new SwapCheck(
                design, 3, Scenario.SWAPOFF, DeviceKind.SSD, Checker.of(Config.PREEMPT_Y_4_20));
    }

    /// The same with another number of readers.
    public SwapCheck readers(int count) {
        return new SwapCheck(design, count, scenario, device, checker);
    }

    /// The same with or without swapon after swapoff.
    public SwapCheck swapon(boolean after) {
        return scenario(after ? Scenario.SWAPON : Scenario.SWAPOFF);
    }

    /// Whether another device is turned on in the same slot after swapoff.
    public boolean swapon() {
        return scenario.hasSwapon();
    }

    /// The same in another scenario.
    public SwapCheck scenario(Scenario other) {
        return new SwapCheck(design, readers, other, device, checker);
    }

    /// The same on another kind of device.
    public SwapCheck device(DeviceKind kind) {
        return new SwapCheck(design, readers, scenario, kind, checker);
    }

    /// The same on another kernel.
    public SwapCheck config(Config config) {
        Checker other =
                new Checker(
                        config,
                        checker.reductions(),
                        checker.limits(),
                        checker.focus(),
                        checker.means());
        return new SwapCheck(design, readers, scenario, device, other);
    }

    /// The same with other reductions.
    public SwapCheck with(Reductions reductions) {
        return new SwapCheck(design, readers, scenario, device, checker.with(reductions));
    }

    /// The same with other limits.
    public SwapCheck with(Limits limits) {
        return new SwapCheck(design, readers, scenario, device, checker.with(limits));
    }

    /// The same with other means.
    public SwapCheck with(Means means) {
        return new SwapCheck(design, readers, scenario, device, checker.with(means));
    }

    /// The same where one failure class (`F2`) or kind of fault (`use after free`, or `other use
    /// after free` for those without a class) alone counts, or that in one function (`F1 in
    /// __swap_duplicate`); with an empty text, everything counts.
    ///
    /// @throws IllegalArgumentException if there is no such class or kind
    public SwapCheck only(String what) {
        String kind = what.replaceFirst("^other ", "").replaceFirst(" in [^ ]+$", "");
        if (!kind.isEmpty()
                && !SwapModel.failureClasses().contains(kind)
                && Arrays.stream(Fault.values()).noneMatch(fault -> fault.words().equals(kind)))
            throw new IllegalArgumentException(
                    "--only "
                            + what
                            + ": what is looked for is one of "
                            + String.join(", ", SwapModel.failureClasses())
                            + ", or one of "
                            + Arrays.stream(Fault.values())
                                    .map(Fault::words)
                                    .collect(Collectors.joining(", "))
                            + "; behind it may stand \" in \" and a function");
        return new SwapCheck(design, readers, scenario, device, checker.only(what));
    }

    /// What is searched.
    public Model model() {
        return SwapModel.of(design, readers, scenario, device);
    }

    /// Searches every interleaving. A design that fails with one reader is shown failing with one:
    /// the fewest CPUs make the trace that is easiest to read.
    ///
    /// @throws IllegalArgumentException if `readers` is not 1 to 8
    /// @throws stillpoint.program.RecordingException if the design cannot be recorded
    public Verdict verdict() {
        if (readers > 1) {
            // So small that nothing is gained by searching it in large steps first.
            SwapCheck alone = readers(1).with(checker.reductions().withoutMovers());
            if (alone.search() instanceof Verdict.Violation violation)
                return alone.replayable(violation);
        }
        Verdict verdict = search();
        return verdict instanceof Verdict.Violation violation ? replayable(violation) : verdict;
    }

    /// Searches once for every failure class and kind of fault.
    public Survey survey() {
        return checker.survey(model());
    }

    /// Shows a run of this design again.
    ///
    /// @throws IllegalArgumentException if the design cannot take the schedule
    public Trace replay(Schedule schedule) {
        return named(checker.replay(model(), schedule));
    }

    private Verdict search() {
        return checker.check(model());
    }

    private Verdict.Violation replayable(Verdict.Violation v) {
        return new Verdict.Violation(
                v.subject(),
                v.bounds(),
                v.counts(),
                v.kind(),
                v.what(),
                v.failureClass(),
                named(v.trace()));
    }

    private Trace named(Trace trace) {
        String replay = new ReplayString(this, Schedule.parse(trace.replay())).toString();
        return new Trace(trace.title(), trace.columns(), trace.rows(), trace.fault(), replay);
    }
}
