package stillpoint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import stillpoint.swap.SwapCheck;
import stillpoint.swap.SwapDesign;

/// `check DESIGN`: searches every interleaving of a design for the shortest failure.
final class CheckCommand implements Command {
    private static final int MOST_READERS = 8;

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "check",
                "DESIGN",
                1,
                List.of(
                        "Searches every interleaving of page faults with swapoff for the shortest failure of a design.",
                        "DESIGN is an id that `designs` lists, with the name of a broken sibling after a slash if one is meant."),
                List.of(
                        new Synopsis.Option(
                                "--readers",
                                "N",
                                "CPUs that take a page fault, 1 to 8 (default 3)"),
                        Synopsis.Option.flag(
                                "--swapon",
                                "another device is turned on in the same slot after swapoff"),
                        new Synopsis.Option(
                                "--config", "NAME", "kernel: " + String.join(", ", configs())),
                        new Synopsis.Option(
                                "--device", "KIND", "swap device: " + String.join(", ", devices())),
                        new Synopsis.Option(
                                "--only",
                                "CLASS",
                                "only this class (F2) or kind of fault (\"use after free\") counts"),
                        new Synopsis.Option(
                                "--svg", "FILE", "also writes the drawing of a violation there"),
                        Synopsis.Option.flag("--json", "the verdict as JSON")),
                List.of(
                        "0   safe within the bounds that are printed",
                        "1   a violation; its timeline and replay string are printed",
                        "2   inconclusive: a limit, an interrupt, or a model that cannot carry a verdict",
                        "64  wrong usage"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        SwapDesign design = design(arguments);
        SwapCheck check =
                SwapCheck.of(design)
                        .readers(arguments.number("--readers", 3, 1, MOST_READERS))
                        .swapon(arguments.has("--swapon"))
                        .config(Config.named(arguments.word("--config", configs())))
                        .device(DeviceKind.named(arguments.word("--device", devices())))
                        .only(arguments.value("--only").orElse(""));
        Verdict verdict;
        try {
            verdict = check.verdict();
        } catch (RecordingException e) {
            throw new CommandException(
                    ExitCode.BROKEN,
                    design.id() + " cannot be recorded: " + String.valueOf(e.getMessage()));
        }
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

    private SwapDesign design(Arguments arguments) {
        try {
            return Designs.named(arguments.operand());
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
                        Config.PREEMPT_N_4_19)
                .stream()
                .map(Config::word)
                .toList();
    }

    private static List<String> devices() {
        return Arrays.stream(DeviceKind.values()).map(DeviceKind::word).toList();
    }
}
