package stillpoint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stillpoint.notebook.AtomicFile;
import stillpoint.notebook.NotebookException;
import stillpoint.validate.Check;
import stillpoint.validate.Finding;
import stillpoint.validate.Suite;
import stillpoint.validate.ValidationFile;

/// `validate`: runs the simulator on what is known without it, and compares.
final class ValidateCommand implements Command {
    private final Checkout checkout = Checkout.here();

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "validate",
                "",
                0,
                List.of(
                        "Runs the timing simulator on small programs whose outcome is known from a formula or a published",
                        "measurement, prints each number beside it with the error in per cent, and compares with what is recorded",
                        "in " + ValidationFile.NAME + ". Takes a minute or two."),
                List.of(
                        Synopsis.Option.flag("--quick", "only what takes seconds"),
                        Synopsis.Option.flag("--update", "writes the recorded file anew")),
                List.of(
                        "0   everything holds, or differs for the reason that is given, and is as recorded",
                        "1   something does not hold, or is not as recorded",
                        "64  wrong usage",
                        "65  the recorded file is malformed",
                        "73  the recorded file cannot be written"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        boolean update = arguments.has("--update");
        boolean quick = arguments.has("--quick");
        if (update && quick)
            throw synopsis()
                    .usage(
                            "--update with --quick: the recorded file holds everything; leave one"
                                    + " of the two out");
        String recorded = update ? "" : RecordedValidation.of(checkout).text();
        var findings = new ArrayList<Finding>();
        for (Check check : quick ? Suite.quick() : Suite.all())
            for (Finding finding : check.run()) {
                findings.add(finding);
                print(finding);
            }
        long failed = findings.stream().filter(f -> f.outcome() == Finding.Outcome.FAILS).count();
        if (failed > 0) {
            String keeps = update ? "; the recorded file stays as it is" : "";
            return Main.fail(
                    ExitCode.FOUND,
                    failed + " of " + findings.size() + " numbers do not hold" + keeps);
        }
        if (update) write(ValidationFile.text(findings));
        else return compared(recorded.lines().toList(), findings);
        return ExitCode.FINE;
    }

    private static int compared(List<String> recorded, List<Finding> findings) {
        for (Finding finding : findings) {
            String line = ValidationFile.line(finding);
            if (!recorded.contains(line))
                return Main.fail(
                        ExitCode.FOUND,
                        ValidationFile.NAME
                                + ": computed is\n  "
                                + line
                                + "\nwhich is not recorded\n  Way on: if that is meant, ./stillpoint"
                                + " validate --update writes it; then read the diff");
        }
        return ExitCode.FINE;
    }

    private static void print(Finding f) {
        System.out.printf(
                Locale.ROOT,
                "%-12s %-8s %+8.2f %%  known %.5g, simulated %.5g (%.5g to %.5g) %s  %s: %s%n",
                f.family(),
                f.outcome().name().toLowerCase(Locale.ROOT),
                f.errorPercent(),
                f.theory(),
                f.simulated(),
                f.low(),
                f.high(),
                f.unit().name().toLowerCase(Locale.ROOT),
                f.parameters(),
                f.name());
    }

    private void write(String text) throws IOException {
        try {
            AtomicFile.write(
                    RecordedValidation.file(checkout), text.getBytes(StandardCharsets.UTF_8));
        } catch (NotebookException e) {
            throw new CommandException(ExitCode.UNWRITABLE, String.valueOf(e.getMessage()));
        }
    }
}
