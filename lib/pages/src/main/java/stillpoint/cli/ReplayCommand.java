package stillpoint.cli;

import java.util.List;
import stillpoint.evidence.Trace;
import stillpoint.picture.TraceText;
import stillpoint.swap.ReplayString;

/// `replay STRING`: shows a run again from the short string that `check` printed.
final class ReplayCommand implements Command {
    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "replay",
                "STRING",
                1,
                List.of(
                        "Shows a run again from the string behind \"replay:\" in what `check` printed.",
                        "It names design, device, readers, kernel and schedule, and holds as long as the design's steps do."),
                List.of(
                        Synopsis.Option.flag(
                                "--short", "fold stretches that no other CPU notices")),
                List.of(
                        "0   the run ends without a fault",
                        "1   it ends with one",
                        "64  wrong usage"));
    }

    @Override
    public int run(Arguments arguments) {
        Trace trace;
        try {
            trace = ReplayString.parse(arguments.operand()).trace();
        } catch (IllegalArgumentException e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
        System.out.println(TraceText.text(arguments.has("--short") ? trace.folded() : trace));
        return trace.fault().isEmpty() ? ExitCode.FINE : ExitCode.FOUND;
    }
}
