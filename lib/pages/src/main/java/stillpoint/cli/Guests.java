package stillpoint.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import stillpoint.measure.GuestImage;
import stillpoint.measure.GuestMachine;
import stillpoint.measure.GuestReport;
import stillpoint.measure.GuestRun;
import stillpoint.measure.Host;
import stillpoint.measure.Provenance;
import stillpoint.measure.Unavailable;

/// Prepares measuring guests by the scripts of `environment/guest/`, and boots them.
///
/// @param scripts the folder of the scripts
/// @param cache where they leave what they downloaded and built
/// @param qemu the program
/// @param kvm the device that shows that the host has KVM
record Guests(Path scripts, Path cache, String qemu, Path kvm, Host host) {
    /// A guest that KVM really runs boots in a second or two; nested in another machine it may run
    /// slower than the emulator, or not at all.
    static final Duration KVM_BOOTS = Duration.ofSeconds(20);

    private static final String PROGRESS = "stillpoint: ";
    private static final String CONDITIONS =
            "idle: calls one behind another; any phase: each begins at another moment between two"
                    + " ticks; readers spin N us or sleep N ms: one on each CPU that is in sections of"
                    + " all kinds, or of SRCU and percpu_ref, for so long; N readers: threads that page"
                    + " 512 pages each out and touch them; traced: under the function graph";

    static Guests of(Checkout checkout) {
        String qemu = System.getenv("STILLPOINT_QEMU");
        return new Guests(
                checkout.root().resolve("environment/guest"),
                checkout.root().resolve(".stillpoint/guest"),
                qemu == null || qemu.isEmpty() ? "qemu-system-x86_64" : qemu,
                Path.of("/dev/kvm"),
                Host.here());
    }

    /// How to boot.
    ///
    /// @param cpus of the guest
    /// @param accelerator `auto`, `kvm` or `tcg`
    /// @param counts whether instructions are counted; the accelerator has no say then
    /// @param words for the guest's first process
    record Plan(
            int cpus,
            String accelerator,
            boolean counts,
            Duration limit,
            Map<String, String> words) {}

    /// A boot that came to an end of some kind.
    ///
    /// @param console the file with all that was printed
    /// @param remarks for the provenance
    record Boot(
            GuestMachine machine,
            GuestRun.Outcome outcome,
            Path console,
            SequencedMap<String, String> remarks) {}

    /// What a guest boots, as a script of ours makes it.
    GuestImage prepared(String script) throws IOException {
        return GuestImage.in(made(script));
    }

    /// Runs a script of ours.
    ///
    /// @return the folder that its last line of output names
    /// @throws CommandException with its message, if it fails
    Path made(String script) throws IOException {
        if (!System.getProperty("os.name").startsWith("Linux"))
            throw new Unavailable(
                    "this is "
                            + System.getProperty("os.name")
                            + ": the measuring guest is built on Linux with Debian's packages; run it"
                            + " in a Debian virtual machine or container; recorded figures are in"
                            + " data/measured/");
        Process process =
                new ProcessBuilder("sh", scripts.resolve(script).toString(), cache.toString())
                        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                        .start();
        var last = new Thread(process::destroy, "ends " + script);
        Runtime.getRuntime().addShutdownHook(last);
        var reasons = new ArrayList<String>();
        try (var all = Executors.newVirtualThreadPerTaskExecutor();
                var out = process.inputReader(StandardCharsets.UTF_8)) {
            Future<?> errors = all.submit(() -> follow(process, reasons));
            List<String> lines = out.lines().toList();
            errors.get();
            int exitCode = process.waitFor();
            if (exitCode != 0 || lines.isEmpty())
                throw new CommandException(
                        exitCode == 0 ? ExitCode.BROKEN : exitCode,
                        reasons.isEmpty()
                                ? script + " ended with " + exitCode + " and no reason"
                                : String.join("\n", reasons));
            return Path.of(lines.getLast());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(Interruption.EXIT_CODE, script + ": interrupted");
        } catch (ExecutionException e) {
            throw new IOException(script + ": its output cannot be read", e.getCause());
        } finally {
            process.destroy();
            try {
                Runtime.getRuntime().removeShutdownHook(last);
            } catch (IllegalStateException e) {
                // This process ends, and the script with it.
            }
        }
    }

    private static boolean follow(Process process, List<String> reasons) throws IOException {
        try (var errors =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = errors.readLine()) != null; )
                if (line.startsWith(PROGRESS)) System.err.println(line);
                else reasons.add(line);
        }
        return true;
    }

    /// Boots a guest as often as asked for, at the same time.
    List<Boot> boot(GuestImage image, Plan plan, int times, Interruption interruption)
            throws IOException {
        Files.createDirectories(cache);
        var remarks = new LinkedHashMap<String, String>();
        if (plan.counts())
            return all(image, GuestMachine.Kind.ICOUNT, plan, times, interruption, remarks);
        if (!plan.accelerator().equals("tcg")) {
            if (Files.isReadable(kvm) && Files.isWritable(kvm)) {
                Boot boot = boot(image, GuestMachine.Kind.KVM, plan, 0, interruption, remarks);
                if (boot.outcome().booted() || interruption.asked()) return List.of(boot);
                remarks.put("kvm", boot.outcome().report().stopped().orElse(""));
            } else
                remarks.put(
                        "kvm",
                        kvm
                                + (Files.exists(kvm)
                                        ? " may not be used by this user"
                                        : " is not there: the host has no KVM, or does not hand it on"));
            if (plan.accelerator().equals("kvm"))
                throw new Unavailable(
                        "--accel kvm: "
                                + remarks.get("kvm")
                                + "; try --accel tcg, whose figures are those of an emulator");
            System.err.println(PROGRESS + "kvm: " + remarks.get("kvm") + "; emulated instead");
        }
        return all(image, GuestMachine.Kind.EMULATED, plan, times, interruption, remarks);
    }

    private List<Boot> all(
            GuestImage image,
            GuestMachine.Kind kind,
            Plan plan,
            int times,
            Interruption interruption,
            SequencedMap<String, String> remarks)
            throws IOException {
        var boots = new ArrayList<Future<Boot>>();
        try (var threads = Executors.newFixedThreadPool(times)) {
            for (int i = 0; i < times; i++) {
                int number = i;
                Callable<Boot> one = () -> boot(image, kind, plan, number, interruption, remarks);
                boots.add(threads.submit(one));
            }
        }
        var done = new ArrayList<Boot>();
        for (Future<Boot> boot : boots)
            switch (boot.state()) {
                case SUCCESS -> done.add(boot.resultNow());
                case FAILED -> {
                    if (boot.exceptionNow() instanceof Unavailable reason) throw reason;
                    throw new IOException("a guest could not be booted", boot.exceptionNow());
                }
                case RUNNING, CANCELLED -> throw new IOException("a guest was not waited for");
            }
        return done;
    }

    private Boot boot(
            GuestImage image,
            GuestMachine.Kind kind,
            Plan plan,
            int number,
            Interruption interruption,
            SequencedMap<String, String> remarks)
            throws IOException {
        GuestMachine machine = machine(image, kind, plan.cpus());
        Duration boots = kind == GuestMachine.Kind.KVM ? KVM_BOOTS : plan.limit();
        var line = new GuestLine(number == 0);
        GuestRun.Outcome outcome =
                new GuestRun(machine.command(plan.words()), boots, plan.limit())
                        .run(line::at, interruption::asked);
        line.end();
        Path console =
                cache.resolve(
                        "console-"
                                + kind.name().toLowerCase(java.util.Locale.ROOT)
                                + (number == 0 ? "" : "-" + (number + 1))
                                + ".txt");
        Files.write(console, outcome.console());
        return new Boot(machine, outcome, console, new LinkedHashMap<>(remarks));
    }

    private GuestMachine machine(GuestImage image, GuestMachine.Kind kind, int cpus) {
        try {
            return image.machine(qemu, kind, cpus);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /// What stands above the figures of a boot.
    ///
    /// Where instructions are counted the host does not matter, and is left out, so that two
    /// machines can give the same bytes.
    Provenance provenance(GuestImage image, Boot boot, String command, LocalDate date) {
        GuestReport report = boot.outcome().report();
        GuestMachine machine = boot.machine();
        Provenance here = host.provenance(command, date);
        boolean counts = machine.kind() == GuestMachine.Kind.ICOUNT;
        SequencedMap<String, String> more = new LinkedHashMap<>();
        more.put("kernel package", image.item("package"));
        more.put("kernel version", report.about("version"));
        more.put("clock", report.about("clock"));
        more.put("qemu", version());
        more.put("conditions", CONDITIONS);
        if (!counts) more.put("load average after", host.loadAverage());
        more.putAll(boot.remarks());
        return new Provenance(
                counts ? "a PC that QEMU makes" : here.machine() + "; in it a PC that QEMU makes",
                switch (machine.kind()) {
                    case ICOUNT, KVM -> report.about("cpu");
                    case EMULATED -> report.about("cpu") + "; on " + here.cpu();
                },
                machine.cpus(),
                report.about().containsKey("kernel")
                        ? report.about("kernel")
                        : image.item("kernel"),
                image.item("configuration"),
                image.item("hz"),
                machine.environment(host.cpus()),
                command,
                date,
                more);
    }

    private String version() {
        try {
            Process asked = new ProcessBuilder(qemu, "--version").redirectErrorStream(true).start();
            try (var out = asked.inputReader(StandardCharsets.UTF_8)) {
                String first = out.readLine();
                return first == null || first.isBlank() ? Provenance.UNKNOWN : first.strip();
            } finally {
                asked.destroyForcibly();
            }
        } catch (IOException e) {
            return Provenance.UNKNOWN;
        }
    }
}
