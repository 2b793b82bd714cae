package stillpoint.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stillpoint.notebook.Comparison;
import stillpoint.notebook.Difference;
import stillpoint.notebook.Notebook;
import stillpoint.notebook.NotebookException;
import stillpoint.notebook.NotebookFile;
import stillpoint.notebook.RunResult;
import stillpoint.notebook.Runner;

/// What came out of a run, in words: which notebooks failed, which show something else than what is
/// committed.
///
/// @param jobs the notebooks as they were read
/// @param results one for each, in the same order
/// @param elapsed wall time of the whole run (*measured*)
record RunReport(List<Runner.Job> jobs, List<RunResult> results, Duration elapsed) {
    RunReport {
        jobs = List.copyOf(jobs);
        results = List.copyOf(results);
    }

    /// Whether every cell of every notebook ended as it should.
    boolean ok() {
        return results.stream().allMatch(RunResult::ok);
    }

    /// The notebooks with the outputs of this run, where that changes them.
    ///
    /// @throws NotebookException when a notebook was edited while it ran
    Map<Path, Notebook> updates() throws IOException {
        var updates = new LinkedHashMap<Path, Notebook>();
        for (int i = 0; i < jobs.size(); i++) {
            Runner.Job job = jobs.get(i);
            if (!NotebookFile.read(job.path()).equals(job.notebook()))
                throw new NotebookException(
                        job.path()
                                + ": edited while it ran, so its outputs are of an older text; nothing was updated; run it again");
            Notebook updated = job.notebook().withOutputs(results.get(i));
            if (!updated.equals(job.notebook())) updates.put(job.path(), updated);
        }
        return updates;
    }

    private List<Difference> differences(int i) {
        return results.get(i).ok()
                ? Comparison.of(jobs.get(i).notebook(), results.get(i).notebook())
                : List.of();
    }

    int exitCode(boolean update) {
        if (!ok()) return ExitCode.FOUND;
        return update || differing().isEmpty() ? ExitCode.FINE : ExitCode.FOUND;
    }

    private List<String> differing() {
        var differing = new ArrayList<String>();
        for (int i = 0; i < jobs.size(); i++)
            if (!differences(i).isEmpty()) differing.add(NotebookFolder.stem(jobs.get(i).path()));
        return differing;
    }

    /// Failures and notes of every notebook, differences unless they are being updated, and one
    /// line that sums up.
    void print(PrintStream out, boolean update) {
        for (int i = 0; i < jobs.size(); i++) {
            RunResult result = results.get(i);
            result.notes().forEach(note -> out.println("note: " + note));
            if (!result.ok()) out.println(result.message());
            if (!update && result.ok()) printDifferences(out, i);
        }
        out.println(summary(update));
    }

    private void printDifferences(PrintStream out, int i) {
        Path path = jobs.get(i).path();
        if (neverRun(jobs.get(i).notebook()) && !differences(i).isEmpty())
            out.println(path + ": no outputs are committed that these could be compared with");
        else for (Difference each : differences(i)) out.println(each.message(path).stripTrailing());
    }

    private static boolean neverRun(Notebook notebook) {
        return notebook.codeCells().stream()
                .allMatch(cell -> cell.executionCount().isEmpty() && cell.outputs().isEmpty());
    }

    private String summary(boolean update) {
        long failed = results.stream().filter(result -> !result.ok()).count();
        var words = new ArrayList<String>();
        words.add(count(jobs.size(), "notebook") + String.format(Locale.ROOT, " in %.1f s", elapsed.toMillis() / 1000.0));
        if (failed > 0) words.add(failed + " failed");
        if (update) words.add(failed > 0 ? "no notebook was updated" : "outputs are up to date");
        else if (!differing().isEmpty())
            words.add(
                    differing().size()
                            + (differing().size() == 1 ? " differs" : " differ")
                            + " from what is committed; if the new outputs are right: ./stillpoint run --update "
                            + String.join(" ", differing()));
        else if (failed == 0) words.add("all as committed");
        return String.join("; ", words);
    }

    private static String count(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
