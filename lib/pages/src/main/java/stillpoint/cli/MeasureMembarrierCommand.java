package stillpoint.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import stillpoint.measure.Host;
import stillpoint.measure.Measurements;
import stillpoint.measure.Membarrier;
import stillpoint.measure.MembarrierRun;
import stillpoint.measure.Provenance;
import stillpoint.measure.RunningKernel;
import stillpoint.measure.Unavailable;

/// `measure membarrier`: what the running kernel takes for a grace period, and for interrupting
/// other CPUs.
///
/// @param kernel asked for when the command runs, since --help is for every system
record MeasureMembarrierCommand(Supplier<Membarrier.Call> kernel, Host host) implements Command {
    private static final int USUAL = 300;
    private static final int MOST = 100_000;
    private static final String IDLE =
            "idle means that no thread of this process ran besides; what others did is in the load"
                    + " average; load N are N threads of this process that spin";
    private static final String MOMENT =
            "MEMBARRIER_CMD_GLOBAL begins at a random moment on a CPU that was busy; one behind another"
                    + " begins where a grace period just ended";

    private static final String EXPEDITED =
            "/sys/kernel/rcu_expedited is not 0: every synchronize_rcu() of this kernel is"
                    + " expedited, MEMBARRIER_CMD_GLOBAL too; the file says so";

    MeasureMembarrierCommand() {
        this(RunningKernel::membarrier, Host.here());
    }

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "measure membarrier",
                "",
                0,
                List.of(
                        "Times the commands of membarrier(2), which any process may call: MEMBARRIER_CMD_GLOBAL is a",
                        "synchronize_rcu() of the running kernel, the expedited ones interrupt other CPUs, and",
                        "MEMBARRIER_CMD_QUERY is the system call alone. Warmed up, in turns, idle and with threads that spin.",
                        "Linux only. Takes about 10 s for each load; Ctrl-C keeps what was measured, in FILE.partial."),
                List.of(
                        new Synopsis.Option(
                                "--samples",
                                "N",
                                "of MEMBARRIER_CMD_GLOBAL (default "
                                        + USUAL
                                        + "); "
                                        + MembarrierRun.EACH
                                        + " times as many of the others"),
                        new Synopsis.Option(
                                "--load",
                                "LIST",
                                "spinning threads, commas between (default 0 and one a CPU)"),
                        new Synopsis.Option(
                                "--note",
                                "TEXT",
                                "a line for the file's provenance, such as what else ran"),
                        MeasuredFile.OPTION),
                List.of(
                        "0   measured",
                        "64  wrong usage",
                        "69  no Linux, or a kernel without membarrier(2)",
                        "73  the file cannot be written",
                        "130 interrupted; what was measured is in FILE.partial"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        int samples = arguments.number("--samples", USUAL, 1, MOST);
        MeasuredFile file = MeasuredFile.of(arguments);
        Provenance provenance = provenance(arguments, samples);
        MembarrierRun.Outcome outcome;
        try (var interruption = new Interruption()) {
            MembarrierRun run = run(arguments, samples);
            var line = new CountLine(samples);
            outcome = run.run(line::at, interruption::asked);
            line.end();
        } catch (Unavailable e) {
            throw new CommandException(ExitCode.MISSING, String.valueOf(e.getMessage()));
        }
        file.take(new Measurements(ended(provenance, outcome), outcome.rows(), outcome.complete()));
        if (host.gracePeriods().equals(Host.EXPEDITED)) System.out.println(EXPEDITED);
        if (outcome.complete()) return ExitCode.FINE;
        boolean interrupted = outcome.stopped().equals(MembarrierRun.INTERRUPTED);
        return Main.fail(
                interrupted ? Interruption.EXIT_CODE : ExitCode.MISSING,
                outcome.stopped() + "; what was measured until then is kept, as partial");
    }

    private MembarrierRun run(Arguments arguments, int samples) {
        try {
            return new MembarrierRun(samples, loads(arguments), host.cpus(), kernel.get());
        } catch (IllegalArgumentException e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
    }

    private List<Integer> loads(Arguments arguments) {
        var loads = new ArrayList<Integer>();
        for (String load : arguments.value("--load").orElse("0," + host.cpus()).split(",", -1))
            try {
                loads.add(Integer.parseInt(load));
            } catch (NumberFormatException e) {
                throw synopsis()
                        .usage(
                                "load = "
                                        + load
                                        + ": --load takes numbers of threads with commas between, for"
                                        + " instance --load 0,2");
            }
        return loads;
    }

    /// Made before anything is measured, so that a note which is none is not said behind it.
    private Provenance provenance(Arguments arguments, int samples) {
        Provenance provenance =
                host.provenance(command(arguments, samples), LocalDate.now(ZoneOffset.UTC))
                        .with(MembarrierRun.GRACE_PERIODS, host.gracePeriods())
                        .with("conditions", IDLE)
                        .with("moments", MOMENT)
                        .with("load average before", host.loadAverage());
        var note = arguments.value("--note");
        try {
            return note.isEmpty() ? provenance : provenance.with("note", note.get());
        } catch (IllegalArgumentException e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
    }

    private Provenance ended(Provenance provenance, MembarrierRun.Outcome outcome) {
        Provenance ended = provenance.with("load average after", host.loadAverage());
        if (outcome.missing().isEmpty()) return ended;
        return ended.with(
                "not in this kernel",
                outcome.missing().stream().map(Membarrier::word).collect(Collectors.joining(" ")));
    }

    private String command(Arguments arguments, int samples) {
        return "./stillpoint measure membarrier --samples "
                + samples
                + " --load "
                + loads(arguments).stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
