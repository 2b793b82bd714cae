package stillpoint.cli;

import java.io.IOException;
import java.util.List;
import stillpoint.evidence.Trace;
import stillpoint.picture.TraceText;
import stillpoint.swap.ReplayString;

/// `replay STRING`: shows a run again from the short string that `check` printed.
final class ReplayCommand implements Command {
    private static final int SECONDS = 60;

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "replay",
                "[FILE] STRING",
                2,
                List.of(
                        "Shows a run again from the string behind \"replay:\" in what `check` printed.",
                        "It names design, device, readers, kernel and schedule, and holds as long as the design's steps do.",
                        "FILE is the source file that `check` was given, where the design is one of your own."),
                List.of(
                        Synopsis.Option.flag(
                                "--short", "fold stretches that no other CPU notices")),
                List.of(
                        "0   the run ends without a fault",
                        "1   it ends with one",
                        "64  wrong usage, or a string that does not belong to the design",
                        "65  a file that holds no design, does not compile, or cannot be recorded"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        Trace trace;
        try {
            trace = trace(arguments.operands());
        } catch (IllegalArgumentException e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
        System.out.println(TraceText.text(arguments.has("--short") ? trace.folded() : trace));
        return trace.fault().isEmpty() ? ExitCode.FINE : ExitCode.FOUND;
    }

    private Trace trace(List<String> operands) throws IOException {
        if (operands.isEmpty()) throw synopsis().usage("no STRING: replay needs one");
        String text = operands.getLast();
        if (operands.size() == 1) {
            int colon = text.indexOf(':');
            if (colon > 0 && DesignFile.isMeant(text.substring(0, colon)))
                throw synopsis()
                        .usage(
                                text.substring(0, colon)
                                        + ": the string is of a design from a file; put the file before it,"
                                        + " ./stillpoint replay FILE STRING");
            if (DesignFile.isMeant(text))
                throw synopsis()
                        .usage(text + ": a file alone; the string that `check` printed follows it");
            return ReplayString.parse(text).trace();
        }
        if (!DesignFile.isMeant(operands.getFirst()))
            throw synopsis()
                    .usage(
                            operands.getFirst()
                                    + ": before the string stands a Java source file with the design");
        var file = DesignFile.read(operands.getFirst());
        ReplayString string = ReplayString.parse(text, file::named);
        new Rehearsal(file, SECONDS).of(string.check());
        return file.guard(
                string.check().design(),
                () -> {
                    try {
                        return string.trace();
                    } catch (IllegalArgumentException e) {
                        throw synopsis().usage(String.valueOf(e.getMessage()));
                    }
                });
    }
}
