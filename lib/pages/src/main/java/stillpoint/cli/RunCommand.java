package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stillpoint.notebook.ConsoleProgress;
import stillpoint.notebook.KernelSpec;
import stillpoint.notebook.NotebookException;
import stillpoint.notebook.NotebookFile;
import stillpoint.notebook.RunOptions;
import stillpoint.notebook.RunResult;
import stillpoint.notebook.Runner;
import stillpoint.page.Provenance;
import stillpoint.page.Surroundings;

/// `run [NOTEBOOK...]`: runs notebooks on the real kernel, compares what they show with what is
/// committed or updates it, and writes their pages.
final class RunCommand implements Command {
    private static final int USUAL_BUDGET_SECONDS = 120;

    private final Checkout checkout;
    private final List<GeneratedPage> generated;

    RunCommand() {
        this(Checkout.here(), GeneratedPage.ALL);
    }

    RunCommand(Checkout checkout, List<GeneratedPage> generated) {
        this.checkout = checkout;
        this.generated = List.copyOf(generated);
    }

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "run",
                "[NOTEBOOK...]",
                Integer.MAX_VALUE,
                List.of(
                        "Runs the notebooks of notebooks/, or those named, each on a fresh kernel, and writes a page for each",
                        "and an index. What they show is compared with what is committed; what is labelled measured is not.",
                        "A NOTEBOOK is a name (02-the-v7-patch), its number (2), or a path. A cell that fails ends its notebook;",
                        "its page is written all the same. Pages open from disk."),
                List.of(
                        Synopsis.Option.flag(
                                "--update",
                                "write the outputs into the notebooks, all or (when a cell fails) none"),
                        new Synopsis.Option(
                                "--site",
                                "DIR",
                                "where the pages go (default: site/ of the checkout)"),
                        new Synopsis.Option(
                                "--budget",
                                "SECONDS",
                                "for a cell that sets none in metadata.stillpoint.budgetSeconds (default "
                                        + USUAL_BUDGET_SECONDS
                                        + ")"),
                        new Synopsis.Option(
                                "--workers",
                                "N",
                                "notebooks at a time (default 2, 1 on a single CPU)")),
                List.of(
                        "0   every cell ran, and shows what is committed (with --update: is written)",
                        "1   a cell failed, or shows something else: notebook, cell and line are named; or the kernel did not start",
                        "64  wrong usage, an unknown notebook",
                        "65  a notebook cannot be read as one of nbformat 4",
                        "69  nothing is built that could be run",
                        "73  the pages or the notebooks cannot be written"));
    }

    /// A kernel spends half of its time in the compiler, so two fill two CPUs; more would disturb
    /// what is measured.
    private static int usualWorkers() {
        return Math.min(2, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        RunOptions options =
                RunOptions.usual()
                        .withCellBudget(
                                Duration.ofSeconds(
                                        arguments.number(
                                                "--budget", USUAL_BUDGET_SECONDS, 1, 86_400)))
                        .withWorkers(arguments.number("--workers", usualWorkers(), 1, 64));
        var folder = new NotebookFolder(checkout.notebooks());
        List<Path> notebooks = folder.meant(arguments.operands(), synopsis());
        Provenance provenance = provenance();
        List<Runner.Job> jobs = read(notebooks);
        var site =
                new RunSite(
                        arguments.value("--site").map(Path::of).orElse(checkout.site()),
                        generated,
                        provenance);
        try {
            site.prepare(notebooks);
        } catch (NotebookException e) {
            throw new CommandException(ExitCode.UNWRITABLE, String.valueOf(e.getMessage()));
        }
        var runner = new Runner(kernel(), options);
        long start = System.nanoTime();
        List<RunResult> results =
                runner.run(jobs, new ConsoleProgress(System.err, Terminal.isStandardError()));
        var report = new RunReport(jobs, results, Duration.ofNanos(System.nanoTime() - start));
        return finish(report, arguments.has("--update"), site, folder.all());
    }

    /// Updates the notebooks if asked, says what came out, writes the pages. A file that cannot be
    /// written keeps none of the others from being written.
    private static int finish(RunReport report, boolean update, RunSite site, List<Path> course)
            throws IOException {
        var unwritten = new ArrayList<String>();
        var outputs = update ? RunReport.Outputs.KEPT : RunReport.Outputs.COMPARED;
        if (update && report.ok())
            try {
                NotebookFile.writeAll(report.updates());
                outputs = RunReport.Outputs.UPDATED;
            } catch (NotebookException e) {
                unwritten.add(String.valueOf(e.getMessage()));
            }
        report.print(System.out, outputs);
        try {
            String label = "pages: ";
            for (Path page : site.write(report.results(), course)) {
                System.out.println(label + page.toAbsolutePath().normalize());
                label = "       ";
            }
        } catch (NotebookException e) {
            unwritten.add(String.valueOf(e.getMessage()));
        }
        if (!unwritten.isEmpty())
            throw new CommandException(ExitCode.UNWRITABLE, String.join("\n", unwritten));
        return report.exitCode(outputs);
    }

    /// The kernel of this checkout, from a kernelspec inside it: nothing needs to be installed, and
    /// what is installed elsewhere does not matter.
    private KernelSpec kernel() throws IOException {
        KernelFolder jupyter = KernelFolder.ofData(checkout.privateJupyter());
        Kernelspec current = Kernelspec.of(checkout);
        Optional<Path> there = jupyter.find(Kernelspec.NAME);
        Path place =
                there.isPresent()
                                && Kernelspec.isOurs(there.get())
                                && current.staleness(there.get()).isEmpty()
                        ? there.get()
                        : jupyter.install(current, checkout.kernelspecParts());
        try {
            return KernelSpec.read(place);
        } catch (NotebookException e) {
            throw new CommandException(ExitCode.MISSING, String.valueOf(e.getMessage()));
        }
    }

    private static List<Runner.Job> read(List<Path> notebooks) throws IOException {
        var jobs = new ArrayList<Runner.Job>();
        try {
            for (Path each : notebooks)
                jobs.add(new Runner.Job(shown(each), NotebookFile.read(shown(each))));
        } catch (NotebookException e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()));
        }
        return jobs;
    }

    /// From the working folder when it lies under it: what a person would type.
    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }

    private Provenance provenance() {
        try {
            return Surroundings.of(checkout.root(), "Stillpoint 0.1.0", "Apache-2.0");
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
