package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The score of mutants as a file that is reviewed: one line a design, one line a survivor.
public final class MutantsFile {
    private MutantsFile() {}

    /// Its lines, the same for the same mutants.
    public static List<String> lines(List<Mutants> designs) {
        var lines = new ArrayList<String>();
        var head = new ArrayList<>(List.of("score", "design", "generated"));
        for (Mutant.Outcome outcome : Mutant.Outcome.values()) head.add(outcome.toString());
        lines.add(String.join(",", head));
        for (Mutants each : designs) lines.add(score(each));
        lines.add("survivor,design,line,change,what was asked");
        for (Mutants each : designs)
            for (Mutant m : each.all(Mutant.Outcome.SURVIVED))
                lines.add(
                        String.join(
                                ",",
                                "survivor",
                                each.design(),
                                m.line(),
                                quoted(m.change()),
                                quoted(m.what())));
        return lines;
    }

    private static String score(Mutants of) {
        var cells = new ArrayList<>(List.of("score", of.design(), of.mutants().size() + ""));
        Arrays.stream(Mutant.Outcome.values()).forEach(o -> cells.add(of.count(o) + ""));
        return String.join(",", cells);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
