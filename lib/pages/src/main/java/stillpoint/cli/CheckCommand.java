package stillpoint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import stillpoint.check.Checker;
import stillpoint.check.Limits;
import stillpoint.check.Means;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.notebook.AtomicFile;
import stillpoint.notebook.NotebookException;
import stillpoint.picture.Bundle;
import stillpoint.picture.Pictures;
import stillpoint.picture.VerdictCard;
import stillpoint.program.RecordingException;
import stillpoint.swap.Designs;
import stillpoint.swap.DeviceKind;
import stillpoint.swap.Guarantee;
import stillpoint.swap.SwapCheck;
import stillpoint.swap.SwapDesign;

/// `check DESIGN`: searches every interleaving of a design for the shortest failure.
final class CheckCommand implements Command {
    private static final int MOST_READERS = 8;
    private static final int USUAL_SECONDS = 600;
    private static final int MOST_MEBIBYTES = 1 << 20;

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "check",
                "DESIGN",
                1,
                List.of(
                        "Searches every interleaving of page faults with swapoff for the shortest failure of a design.",
                        "DESIGN is an id that `designs` lists, with the name of a broken sibling after a slash if one is meant;",
                        "or a Java source file with designs of your own, MyDesign.java, or MyDesign.java#Mine for one of them.",
                        "A whole such file:",
                        "",
                        String.join(
                                "\n", DesignFile.EXAMPLE.stream().map(l -> "    " + l).toList()),
                        ""),
                List.of(
                        new Synopsis.Option(
                                "--readers",
                                "N",
                                "CPUs that take a page fault, 1 to 8 (default 3)"),
                        Synopsis.Option.flag(
                                "--swapon",
                                "another device is turned on in the same slot after swapoff"),
                        new Synopsis.Option(
                                "--config",
                                "NAME",
                                "kernel: " + String.join(", ", configs()) + ", or all of them"),
                        new Synopsis.Option(
                                "--device", "KIND", "swap device: " + String.join(", ", devices())),
                        new Synopsis.Option(
                                "--only",
                                "CLASS",
                                "only this class (F2), this kind of fault (\"use after free\"), or that in one function"
                                        + " (\"F1 in __swap_duplicate\") counts"),
                        new Synopsis.Option(
                                "--seconds",
                                "N",
                                "give up after so long (default " + USUAL_SECONDS + ")"),
                        new Synopsis.Option(
                                "--states",
                                "N",
                                "give up with more states than this (default "
                                        + Limits.DEFAULT.states()
                                        + ")"),
                        new Synopsis.Option(
                                "--memory",
                                "MIB",
                                "give up with more MiB of states than this (default: half of the heap)"),
                        new Synopsis.Option(
                                "--workers",
                                "N",
                                "threads that search, 1 to 64 (default 1); what is found does not depend on it"),
                        Synopsis.Option.flag(
                                "--fingerprints",
                                "keeps only a hash of each state of more than 64 bits; the chance that one hid another is printed"),
                        new Synopsis.Option(
                                "--svg", "FILE", "also writes the drawing of a violation there"),
                        Synopsis.Option.flag("--json", "the verdict as JSON")),
                List.of(
                        "0   safe within the bounds that are printed",
                        "1   a violation; its timeline and replay string are printed",
                        "2   inconclusive: a limit, an interrupt, or a model that cannot carry a verdict",
                        "64  wrong usage",
                        "65  a file that holds no design, does not compile, or cannot be recorded"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        boolean everyConfig = arguments.value("--config").filter("all"::equals).isPresent();
        if (everyConfig && (arguments.has("--json") || arguments.has("--svg")))
            throw synopsis().usage("--config all: it has no --json and no --svg; name one kernel");
        String operand = arguments.operand();
        if (!DesignFile.isMeant(operand))
            return one(check(design(operand), arguments, everyConfig), arguments, everyConfig);
        var checks = new ArrayList<SwapCheck>();
        // The words are looked at before the file is.
        check(Designs.all().getFirst(), arguments, everyConfig);
        var file = DesignFile.read(operand);
        for (SwapDesign design : file.designs()) checks.add(check(design, arguments, everyConfig));
        if (checks.size() > 1 && (arguments.has("--json") || arguments.has("--svg")))
            throw synopsis()
                    .usage(
                            operand
                                    + ": holds "
                                    + checks.size()
                                    + " designs, and --json and --svg take one; name it, "
                                    + operand
                                    + "#"
                                    + Designs.nameOf(file.designs().getFirst())
                                            .replaceFirst("^.*#", ""));
        int worst = ExitCode.FINE;
        for (SwapCheck check : checks) {
            int code = own(file, check, arguments, everyConfig, checks.size() > 1);
            boolean worse =
                    code >= ExitCode.USAGE || worst == ExitCode.FINE || code == ExitCode.FOUND;
            if (worse && worst < ExitCode.USAGE) worst = code;
        }
        return worst;
    }

    /// One design of a file; with others beside it, one that fails does not keep them from being
    /// checked.
    private int own(
            DesignFile file,
            SwapCheck check,
            Arguments arguments,
            boolean everyConfig,
            boolean others)
            throws IOException {
        try {
            new Rehearsal(file, seconds(arguments)).of(check);
            int code = file.guard(check.design(), () -> one(check, arguments, everyConfig));
            if (others) System.out.println();
            return code;
        } catch (CommandException e) {
            if (!others) throw e;
            return Main.fail(e.exitCode(), e.message());
        }
    }

    private int one(SwapCheck check, Arguments arguments, boolean everyConfig) throws IOException {
        try {
            return everyConfig ? everyConfig(check) : one(check, arguments);
        } catch (RecordingException e) {
            if (check.design().getClass().getClassLoader() instanceof Compilation.Loader) throw e;
            throw new CommandException(
                    ExitCode.BROKEN,
                    Designs.nameOf(check.design())
                            + " cannot be recorded: "
                            + String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
    }

    private static int seconds(Arguments arguments) {
        return arguments.number("--seconds", USUAL_SECONDS, 1, 86_400);
    }

    private SwapCheck check(SwapDesign design, Arguments arguments, boolean everyConfig) {
        Config config =
                everyConfig
                        ? Config.PREEMPT_Y_4_20
                        : Config.named(arguments.word("--config", configs()));
        SwapCheck check =
                SwapCheck.of(design)
                        .readers(arguments.number("--readers", 3, 1, MOST_READERS))
                        .swapon(arguments.has("--swapon"))
                        .config(config)
                        .device(DeviceKind.named(arguments.word("--device", devices())))
                        .with(limits(arguments))
                        .with(means(arguments));
        try {
            return check.only(arguments.value("--only").orElse(""));
        } catch (IllegalArgumentException e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
    }

    private static Means means(Arguments arguments) {
        Means usual = Means.DEFAULT;
        Means means = usual.workers(arguments.number("--workers", usual.workers(), 1, 64));
        return arguments.has("--fingerprints") ? means.withFingerprints() : means;
    }

    private static Limits limits(Arguments arguments) {
        Limits usual = Limits.DEFAULT;
        long bytes =
                arguments.has("--memory")
                        ? (long) arguments.number("--memory", 512, 1, MOST_MEBIBYTES) << 20
                        : usual.bytes();
        int states = arguments.number("--states", (int) usual.states(), 1, Integer.MAX_VALUE);
        return new Limits(states, bytes, Duration.ofSeconds(seconds(arguments)));
    }

    private static int everyConfig(SwapCheck check) {
        Guarantee guarantee = Guarantee.of(check);
        System.out.println(check.model().title() + ": " + guarantee.words());
        System.out.println("    bounds: " + check.model().bounds());
        guarantee
                .verdicts()
                .forEach((config, verdict) ->
                        System.out.printf(
                                Locale.ROOT,
                                "    %-16s %-12s %,12d states%s%n",
                                config,
                                verdict.word(),
                                verdict.counts().states(),
                                hashed(verdict)));
        if (!guarantee.broken().isEmpty()) return ExitCode.FOUND;
        return guarantee.open().isEmpty() ? ExitCode.FINE : ExitCode.INCONCLUSIVE;
    }

    /// What only some of the kernels' searches are limited to.
    private static String hashed(Verdict verdict) {
        return verdict.bounds().entries().stream()
                .filter(bound -> bound.name().equals(Checker.HASHED))
                .map(bound -> ", " + bound.value())
                .collect(Collectors.joining());
    }

    private static int one(SwapCheck check, Arguments arguments) throws IOException {
        Verdict verdict = check.verdict();
        if (arguments.value("--svg").isPresent())
            draw(verdict, Path.of(arguments.value("--svg").get()));
        System.out.println(
                arguments.has("--json") ? VerdictJson.of(verdict) : VerdictCard.terminal(verdict));
        return switch (verdict) {
            case Verdict.Safe _ -> ExitCode.FINE;
            case Verdict.Violation _ -> ExitCode.FOUND;
            case Verdict.Inconclusive _ -> ExitCode.INCONCLUSIVE;
        };
    }

    /// The drawing, legible by itself.
    private static void draw(Verdict verdict, Path file) throws IOException {
        Optional<String> drawing =
                Pictures.of(verdict, "trace").map(bundle -> bundle.data().get(Bundle.SVG));
        if (drawing.isEmpty()) {
            System.err.println(
                    "stillpoint: " + file + ": not written, since only a violation has a drawing");
            return;
        }
        try {
            AtomicFile.write(file, (drawing.get() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (NotebookException e) {
            throw new CommandException(ExitCode.UNWRITABLE, String.valueOf(e.getMessage()));
        }
    }

    private SwapDesign design(String operand) {
        try {
            return Designs.named(operand);
        } catch (IllegalArgumentException e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
    }

    /// The default first.
    private static List<String> configs() {
        return List.of(
                        Config.PREEMPT_Y_4_20,
                        Config.PREEMPT_Y_4_19,
                        Config.PREEMPT_N_4_20,
                        Config.PREEMPT_N_4_19,
                        Config.PREEMPT_N_NOCOUNT_4_20,
                        Config.PREEMPT_N_NOCOUNT_4_19)
                .stream()
                .map(Config::word)
                .toList();
    }

    private static List<String> devices() {
        return Arrays.stream(DeviceKind.values()).map(DeviceKind::word).toList();
    }
}
