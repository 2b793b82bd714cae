package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import stillpoint.measure.GuestImage;
import stillpoint.measure.GuestMachine;
import stillpoint.measure.GuestReport;
import stillpoint.measure.GuestRun;
import stillpoint.measure.GuestShape;
import stillpoint.measure.Host;
import stillpoint.measure.Measurements;
import stillpoint.measure.Unavailable;

/// `measure guest`: a real Linux kernel in QEMU, timed by a module of ours.
///
/// @param guests what prepares and boots them
record MeasureGuestCommand(Guests guests, Host host) implements Command {
    private static final int USUAL = 200;
    private static final int MOST = 10_000;
    private static final int LIMIT_SECONDS = 600;
    private static final List<String> MODES = List.of("icount", "smp");
    private static final List<String> ACCELERATORS = List.of("auto", "kvm", "tcg");

    MeasureGuestCommand() {
        this(Guests.of(Checkout.here()), Host.here());
    }

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "measure guest",
                "",
                0,
                List.of(
                        "Boots Debian's cloud kernel in QEMU, without root, and times stop_machine, grace periods,",
                        "percpu_ref, the reader sides, and swapon and swapoff under page faults, by a module of ours.",
                        "The first time it downloads 40 MB of kernel packages with apt-get.",
                        "icount counts instructions on one CPU: two runs give the same bytes on a loaded machine, and a",
                        "nanosecond is an instruction, no time of any hardware. smp has several CPUs: by KVM where the",
                        "guest boots with it in "
                                + Guests.KVM_BOOTS.toSeconds()
                                + " s, else emulated, which says little of any hardware either."),
                List.of(
                        new Synopsis.Option("--mode", "MODE", "icount (the default) or smp"),
                        new Synopsis.Option(
                                "--cpus", "N", "of the guest in smp (default: the host's)"),
                        new Synopsis.Option(
                                "--accel", "WORD", "in smp: auto (the default), kvm or tcg"),
                        new Synopsis.Option(
                                "--samples",
                                "N",
                                "of each wait while idle (default "
                                        + USUAL
                                        + "); fewer of what takes long"),
                        Synopsis.Option.flag(
                                "--twice", "icount: runs it twice, and compares byte for byte"),
                        new Synopsis.Option(
                                "--limit",
                                "SECONDS",
                                "for each run, then it is ended (default " + LIMIT_SECONDS + ")"),
                        new Synopsis.Option(
                                "--image", "DIR", "boots what was prepared there before"),
                        MeasuredFile.OPTION),
                List.of(
                        "0   measured; with instructions counted, its shape is as it must be",
                        "1   two runs differ, or a figure is out of shape",
                        "64  wrong usage",
                        "69  a package is missing, QEMU does not start, or the guest did not finish",
                        "70  the module does not build",
                        "73  the file cannot be written",
                        "130 interrupted; what was measured is in FILE.partial"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        boolean counts = arguments.word("--mode", MODES).equals("icount");
        String accelerator = arguments.word("--accel", ACCELERATORS);
        int samples = arguments.number("--samples", USUAL, 1, MOST);
        int cpus = arguments.number("--cpus", counts ? 1 : host.cpus(), 1, GuestMachine.MOST_CPUS);
        var limit = Duration.ofSeconds(arguments.number("--limit", LIMIT_SECONDS, 1, 24 * 60 * 60));
        if (counts && cpus > 1)
            throw synopsis()
                    .usage(
                            "cpus = "
                                    + cpus
                                    + ": instructions are counted on 1 CPU, since Linux does not boot"
                                    + " there with more; --mode smp has several");
        if (!counts && arguments.has("--twice"))
            throw synopsis().usage("--twice: two runs are the same only with --mode icount");
        MeasuredFile file = MeasuredFile.of(arguments);
        try (var interruption = new Interruption()) {
            GuestImage image =
                    arguments.has("--image")
                            ? GuestImage.in(Path.of(arguments.value("--image").orElse("")))
                            : guests.prepared("prepare.sh");
            var plan = new Guests.Plan(cpus, accelerator, counts, limit, words(samples));
            List<Guests.Boot> boots =
                    guests.boot(image, plan, arguments.has("--twice") ? 2 : 1, interruption);
            return end(file, image, command(arguments, samples, cpus), boots);
        } catch (Unavailable e) {
            throw new CommandException(ExitCode.MISSING, String.valueOf(e.getMessage()));
        }
    }

    /// What the guest is asked for. A wait while readers spin costs QEMU every instruction of them;
    /// a hundred values are the least that have a 99th percentile.
    private static Map<String, String> words(int samples) {
        SequencedMap<String, String> words = new LinkedHashMap<>();
        words.put("SP_SAMPLES", Integer.toString(samples));
        words.put("SP_SOME", Integer.toString(Math.max(2, samples / 10)));
        words.put("SP_READS", Integer.toString(Math.max(2, samples / 2)));
        words.put("SP_ROUNDS", Integer.toString(Math.clamp(samples / 20, 1, 10)));
        words.put("SP_READERS", samples >= 100 ? "0,1,2,4" : "0,2");
        return words;
    }

    private static String command(Arguments arguments, int samples, int cpus) {
        boolean counts = arguments.word("--mode", MODES).equals("icount");
        return "./stillpoint measure guest --mode "
                + (counts ? "icount" : "smp --cpus " + cpus)
                + (arguments.has("--accel")
                        ? " --accel " + arguments.word("--accel", ACCELERATORS)
                        : "")
                + " --samples "
                + samples;
    }

    private int end(MeasuredFile file, GuestImage image, String command, List<Guests.Boot> boots)
            throws IOException {
        Guests.Boot first = boots.getFirst();
        GuestReport report = first.outcome().report();
        if (report.rows().isEmpty())
            throw new Unavailable(
                    report.stopped().orElse("the guest printed no figure") + "; " + wayOn(first));
        Measurements measured =
                new Measurements(
                        guests.provenance(image, first, command, today()),
                        report.rows(),
                        report.stopped().isEmpty());
        file.take(measured);
        if (report.stopped().isPresent()) {
            boolean interrupted = report.stopped().get().equals(GuestRun.INTERRUPTED);
            return Main.fail(
                    interrupted ? Interruption.EXIT_CODE : ExitCode.MISSING,
                    report.stopped().get()
                            + "; what was measured until then is kept, as partial"
                            + (interrupted ? "" : "; " + wayOn(first)));
        }
        if (!first.machine().kind().equals(GuestMachine.Kind.ICOUNT)) return ExitCode.FINE;
        int wrong = 0;
        for (GuestShape shape : GuestShape.of(measured)) {
            System.out.println(shape);
            if (!shape.holds()) wrong++;
        }
        for (Guests.Boot other : boots.subList(1, boots.size())) {
            if (other.outcome().report().equals(report)) {
                System.out.println("holds: two runs gave the same bytes");
                continue;
            }
            System.out.println("FAILS: two runs differ: " + difference(report, other));
            wrong++;
        }
        return wrong == 0
                ? ExitCode.FINE
                : Main.fail(
                        ExitCode.FOUND,
                        wrong
                                + " of what must hold does not; see the lines above, and "
                                + wayOn(first));
    }

    private static String difference(GuestReport one, Guests.Boot boot) {
        GuestReport other = boot.outcome().report();
        for (int i = 0; i < one.rows().size() && i < other.rows().size(); i++)
            if (!one.rows().get(i).equals(other.rows().get(i)))
                return one.rows().get(i) + " and " + other.rows().get(i);
        return other.stopped().orElse("one has more rows, or says other things of itself");
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private String wayOn(Guests.Boot boot) {
        return "all that it printed is in " + boot.console() + "; the same command measures again";
    }
}
