package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import stillpoint.measure.GuestImage;
import stillpoint.measure.GuestMachine;
import stillpoint.measure.GuestReport;
import stillpoint.measure.GuestRun;
import stillpoint.measure.Host;
import stillpoint.measure.Measured;
import stillpoint.measure.Measurements;
import stillpoint.measure.Provenance;
import stillpoint.measure.Unavailable;

/// `measure patched`: real swapoff, in kernels that differ in how it waits for readers.
///
/// @param guests what builds and boots them
record MeasurePatchedCommand(Guests guests, Host host) implements Command {
    private static final int USUAL = 20;
    private static final int MOST = 1000;
    private static final int LIMIT_SECONDS = 600;
    private static final List<String> MODES = List.of("icount", "smp");

    /// The folders that `environment/guest/patched/build.sh` makes, and what is in each.
    private static final SequencedMap<String, String> DESIGNS = designs();

    private static SequencedMap<String, String> designs() {
        var all = new LinkedHashMap<String, String>();
        all.put("percpu-ref", "as shipped (D13)");
        all.put("rcu", "V8 as merged, one grace period (D6)");
        all.put("stop", "V7 without the grace period of the swap cache (D8)");
        all.put("stop-posted", "V7 as posted, with it (D8)");
        all.put("mutation", "the fields change inside the callback, mask NULL (D10)");
        return all;
    }

    MeasurePatchedCommand() {
        this(Guests.of(Checkout.here()), Host.here());
    }

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "measure patched",
                "",
                0,
                List.of(
                        "Builds Debian's Linux 6.1, small, once for each way in which swapoff can wait for readers, and",
                        "times real swapoff under page faults in each, in QEMU, without root. The build takes minutes of",
                        "processor time and 1.5 GB the first time, goes on where it was ended, and is kept.",
                        "For icount and smp see `./stillpoint measure guest --help`."),
                List.of(
                        new Synopsis.Option("--mode", "MODE", "icount (the default) or smp"),
                        new Synopsis.Option(
                                "--cpus", "N", "of the guests in smp (default: the host's)"),
                        new Synopsis.Option(
                                "--rounds",
                                "N",
                                "swapoffs with each number of readers (default " + USUAL + ")"),
                        new Synopsis.Option(
                                "--limit",
                                "SECONDS",
                                "for each guest, then it is ended (default " + LIMIT_SECONDS + ")"),
                        new Synopsis.Option("--image", "DIR", "boots what was built there before"),
                        MeasuredFile.OPTION),
                List.of(
                        "0   measured",
                        "64  wrong usage",
                        "69  a package is missing, QEMU does not start, or a guest did not finish",
                        "70  a kernel does not build",
                        "73  a file cannot be written",
                        "130 interrupted; what was measured is in FILE.partial"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        boolean counts = arguments.word("--mode", MODES).equals("icount");
        int rounds = arguments.number("--rounds", USUAL, 1, MOST);
        int cpus = arguments.number("--cpus", counts ? 1 : host.cpus(), 1, GuestMachine.MOST_CPUS);
        var limit = Duration.ofSeconds(arguments.number("--limit", LIMIT_SECONDS, 1, 24 * 60 * 60));
        if (counts && cpus > 1)
            throw synopsis()
                    .usage("cpus = " + cpus + ": instructions are counted on 1 CPU; --mode smp");
        MeasuredFile file = MeasuredFile.of(arguments);
        var plan =
                new Guests.Plan(
                        cpus,
                        "auto",
                        counts,
                        limit,
                        Map.of("SP_ROUNDS", "" + rounds, "SP_READERS", "0,1,2,4"));
        String command =
                "./stillpoint measure patched --mode "
                        + (counts ? "icount" : "smp --cpus " + cpus)
                        + " --rounds "
                        + rounds;
        try (var interruption = new Interruption()) {
            Path built =
                    arguments.has("--image")
                            ? Path.of(arguments.value("--image").orElse(""))
                            : guests.made("patched/build.sh");
            return measure(file, built, plan, command, interruption);
        } catch (Unavailable e) {
            throw new CommandException(ExitCode.MISSING, String.valueOf(e.getMessage()));
        }
    }

    private int measure(
            MeasuredFile file,
            Path built,
            Guests.Plan plan,
            String command,
            Interruption interruption)
            throws IOException {
        var rows = new ArrayList<Measured>();
        Optional<Provenance> provenance = Optional.empty();
        Optional<String> stopped = Optional.empty();
        String console = "";
        for (String design : DESIGNS.keySet()) {
            System.err.println("stillpoint: measuring " + design);
            GuestImage image = GuestImage.in(built.resolve(design));
            Guests.Boot boot = guests.boot(image, plan, 1, interruption).getFirst();
            Path own = boot.console().resolveSibling("console-" + design + ".txt");
            Files.move(boot.console(), own, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            console = own.toString();
            GuestReport report = boot.outcome().report().under(design);
            rows.addAll(report.rows());
            if (provenance.isEmpty())
                provenance =
                        Optional.of(
                                guests.provenance(
                                        image, boot, command, LocalDate.now(ZoneOffset.UTC)));
            stopped = report.stopped();
            if (stopped.isPresent()) break;
        }
        if (rows.isEmpty() || provenance.isEmpty())
            throw new Unavailable(
                    stopped.orElse("the guest printed no figure") + "; see " + console);
        file.take(new Measurements(described(provenance.get()), rows, stopped.isEmpty()));
        if (stopped.isEmpty()) return ExitCode.FINE;
        return Main.fail(
                stopped.get().equals(GuestRun.INTERRUPTED)
                        ? Interruption.EXIT_CODE
                        : ExitCode.MISSING,
                stopped.get()
                        + "; what was measured until then is kept, as partial; see "
                        + console);
    }

    private static Provenance described(Provenance provenance) {
        Provenance all = provenance;
        for (Map.Entry<String, String> design : DESIGNS.entrySet())
            all = all.with("design " + design.getKey(), design.getValue());
        return all;
    }
}
