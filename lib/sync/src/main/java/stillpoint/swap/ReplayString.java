package stillpoint.swap;

import java.util.Arrays;
import java.util.function.Function;
import stillpoint.check.Schedule;
import stillpoint.evidence.Trace;
import stillpoint.machine.Config;

/// All that is needed to see a run again, in one word: `D0:ssd:1:preempt-y-4.20:0x5.1x7.0b`.
///
/// @param check the question: design, device, readers (`3+on` with swapon, `3+twice`, `3+ever`) and
///   kernel configuration
/// @param schedule which CPU goes next
public record ReplayString(SwapCheck check, Schedule schedule) {
    private static final String AND = "+";

    /// Takes a replay string apart.
    ///
    /// @throws IllegalArgumentException naming the part that is not understood
    public static ReplayString parse(String text) {
        return parse(text, Designs::named);
    }

    /// Takes a replay string of a reader's own design apart.
    ///
    /// @param designs finds a design by the name in the string
    /// @throws IllegalArgumentException naming the part that is not understood
    public static ReplayString parse(String text, Function<String, SwapDesign> designs) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 5)
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\": a replay string has 5 parts with colons between,"
                            + " design:device:readers:config:schedule, and this has "
                            + parts.length
                            + "; copy it whole");
        int and = parts[2].indexOf(AND);
        String readers = and < 0 ? parts[2] : parts[2].substring(0, and);
        if (!readers.matches("[1-8]") || parts[2].endsWith(AND + Scenario.SWAPOFF))
            throw new IllegalArgumentException(
                    "\""
                            + parts[2]
                            + "\": readers in a replay string are 1 to 8, and "
                            + AND
                            + Scenario.SWAPON
                            + " behind them with swapon; copy it whole");
        SwapCheck check =
                SwapCheck.of(designs.apply(parts[0]))
                        .device(DeviceKind.named(parts[1]))
                        .readers(Integer.parseInt(readers))
                        .scenario(
                                and < 0
                                        ? Scenario.SWAPOFF
                                        : Scenario.named(parts[2].substring(and + 1)))
                        .config(Config.named(parts[3]));
        return new ReplayString(check, Schedule.parse(parts[4]));
    }

    /// Shows the run.
    public Trace trace() {
        return check.replay(schedule);
    }

    @Override
    public String toString() {
        return String.join(
                ":",
                Arrays.asList(
                        Designs.nameOf(check.design()),
                        check.device().word(),
                        check.readers()
                                + (check.scenario() == Scenario.SWAPOFF
                                        ? ""
                                        : AND + check.scenario()),
                        check.checker().config().word(),
                        schedule.toString()));
    }
}
