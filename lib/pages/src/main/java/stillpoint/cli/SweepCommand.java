package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import stillpoint.simulate.Broken;
import stillpoint.simulate.Measure;
import stillpoint.statistics.StoppingRule;
import stillpoint.sweep.Journal;
import stillpoint.sweep.Parameter;
import stillpoint.sweep.ProgressLine;
import stillpoint.sweep.Results;
import stillpoint.sweep.Shard;
import stillpoint.sweep.Sweep;
import stillpoint.sweep.Unfit;

/// `sweep`: simulates designs at every combination of parameters, into a CSV, through kills and on
/// several machines.
final class SweepCommand implements Command {
    private static final int MOST_WORKERS = 1024;
    private static final String RULE = "30..1000";

    @Override
    public Synopsis synopsis() {
        var options = new ArrayList<Synopsis.Option>();
        options.add(
                new Synopsis.Option(
                        "--designs", "LIST", "designs, as `designs` lists them, commas between"));
        for (Parameter parameter : Parameter.values())
            options.add(
                    new Synopsis.Option(
                            "--" + parameter.word(),
                            "LIST",
                            parameter.meaning() + " (default " + parameter.usual() + ")"));
        options.add(new Synopsis.Option("--seed", "N", "of the random numbers (default 1)"));
        options.add(
                new Synopsis.Option(
                        "--replications", "N or N..M", "at each point (default " + RULE + ")"));
        options.add(
                new Synopsis.Option(
                        "--half-width",
                        "PART",
                        "of the mean, at which a point has enough replications (default 0.02)"));
        options.add(
                new Synopsis.Option(
                        "--watched",
                        "MEASURE",
                        "whose mean that is (default " + Measure.LATENCY.word() + ")"));
        options.add(new Synopsis.Option("--shard", "I/N", "only this part, for one of N machines"));
        options.add(new Synopsis.Option("--workers", "N", "threads (default: all processors)"));
        options.add(new Synopsis.Option("--out", "FILE", "where the CSV is to be"));
        return new Synopsis(
                "sweep",
                "",
                0,
                List.of(
                        "Simulates swapoff under page faults for every combination of the values given, and writes a CSV:",
                        "for each point and measure mean, median and 99th percentile in ns, with their intervals.",
                        "A LIST has commas between its values; numbers may be ranges: 1..8, 100..1000+100, 1..8192*2.",
                        "Killed, it goes on where it was when it is started again with the same words; FILE appears when all",
                        "is done. Parts made with --shard are put together by `./stillpoint merge`."),
                options,
                List.of(
                        "0   the CSV is written, or was there already",
                        "64  wrong usage",
                        "65  the file is of another sweep, version or shard, or another process works on it",
                        "73  the file cannot be written",
                        "130 interrupted; the same words go on"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        Path out = Path.of(needed(arguments, "--out", "out.csv"));
        Sweep sweep;
        try {
            sweep = sweep(arguments);
        } catch (IllegalArgumentException e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
        OutFile.demandWritable(out);
        var line = new ProgressLine(System.err, Terminal.isStandardError());
        try {
            var journal = new Journal(out);
            boolean before = journal.there(sweep).isPresent();
            Results results = journal.run(sweep, line);
            line.end(results);
            System.out.println(
                    out
                            + ": "
                            + results
                            + ", shard "
                            + results.shard()
                            + (before ? ", complete before" : ""));
            return ExitCode.FINE;
        } catch (Unfit e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | Broken e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
    }

    private String needed(Arguments arguments, String option, String example) {
        return arguments
                .value(option)
                .orElseThrow(() ->
                        synopsis()
                                .usage(
                                        "no "
                                                + option
                                                + ": sweep needs one, for instance "
                                                + option
                                                + " "
                                                + example));
    }

    private Sweep sweep(Arguments arguments) {
        Sweep sweep = Sweep.of(needed(arguments, "--designs", "D6,D8").split(",", -1));
        for (Parameter parameter : Parameter.values()) {
            var given = arguments.value("--" + parameter.word());
            if (given.isPresent())
                sweep = sweep.with(parameter, (Object[]) given.get().split(",", -1));
        }
        int processors = Runtime.getRuntime().availableProcessors();
        return sweep.rule(rule(arguments))
                .seed(arguments.value("--seed").map(SweepCommand::seed).orElse(1L))
                .watched(Measure.named(arguments.value("--watched").orElse("latency")))
                .shard(arguments.value("--shard").map(Shard::parse).orElse(Shard.WHOLE))
                .workers(arguments.number("--workers", processors, 1, MOST_WORKERS));
    }

    private static StoppingRule rule(Arguments arguments) {
        String[] ends = arguments.value("--replications").orElse(RULE).split("\\.\\.", 2);
        return new StoppingRule(
                Double.parseDouble(
                        checked("half-width", arguments.value("--half-width").orElse("0.02"))),
                0.95,
                replications(ends[0]),
                replications(ends[ends.length - 1]));
    }

    private static String checked(String name, String number) {
        try {
            return Double.toString(Double.parseDouble(number));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " = " + number + ": a number such as 0.02", e);
        }
    }

    private static int replications(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "replications = "
                            + text
                            + ": a whole number, or two with .. between: 200 or "
                            + RULE,
                    e);
        }
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("seed = " + text + ": a whole number of 64 bits", e);
        }
    }
}
