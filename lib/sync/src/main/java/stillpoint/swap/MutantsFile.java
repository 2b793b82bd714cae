package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The score of mutants as a file that is reviewed: what was asked, one line a design, one line a
/// mutant; those that cannot be recorded are counted alone.
public final class MutantsFile {
    private MutantsFile() {}

    /// Its lines, the same for the same mutants.
    public static List<String> lines(List<Mutants> designs) {
        var lines = new ArrayList<String>();
        lines.add("asked,whether it shows a failure that the design does not show there");
        for (String question : MutantTrial.questions()) lines.add(line("asked", question));
        lines.add(
                line(
                        "compared",
                        "by what callers notice, in every order of it: who gets the device, is refused it and puts it; that a fault maps its page, and returns; call and return of swapoff and swapon; that the next page goes out; every fault, deadlock and leak, by class and function"));
        lines.add(
                line(
                        "compared",
                        "within these bounds, memory sequentially consistent; a run that goes round for ever unseen is not told from one that ends"));
        for (String bound : MutantLikeness.bounds()) lines.add(line("compared", bound));
        var head = new ArrayList<>(List.of("score", "design", "steps", "generated"));
        for (Mutant.Outcome outcome : Mutant.Outcome.values()) head.add(outcome.toString());
        lines.add(String.join(",", head));
        for (Mutants each : designs) lines.add(score(each));
        lines.add("mutant,design,steps,line,change,verdict,what");
        for (Mutants each : designs)
            each.mutants().stream()
                    .filter(m -> m.outcome() != Mutant.Outcome.RECORDING)
                    .map(m ->
                            line(
                                    "mutant",
                                    each.design(),
                                    each.steps().toString(),
                                    m.line(),
                                    m.change(),
                                    m.outcome().toString(),
                                    m.what()))
                    .forEach(lines::add);
        return lines;
    }

    private static String score(Mutants of) {
        var cells =
                new ArrayList<>(
                        List.of(
                                "score",
                                of.design(),
                                of.steps().toString(),
                                of.mutants().size() + ""));
        Arrays.stream(Mutant.Outcome.values()).forEach(o -> cells.add(of.count(o) + ""));
        return String.join(",", cells);
    }

    private static String line(String... cells) {
        return String.join(",", Stream.of(cells).map(MutantsFile::quoted).toList());
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
