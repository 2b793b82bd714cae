package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import stillpoint.evidence.Table;

/// Small mistakes in the steps that are a design's own, made one at a time, and whether the checks
/// notice: a step dropped, two neighbours swapped, a wait moved, an order made plain.
///
/// A step is a design's own if its line is in the design's source file. Whatever is recorded of a
/// line more than once is changed everywhere, as an edit of the line would.
///
/// @param design how it is asked for, `D8`
/// @param mutants in the order of the recorded programs
public record Mutants(String design, List<Mutant> mutants) {
    public Mutants {
        mutants = List.copyOf(mutants);
    }

    /// Makes them and tries each.
    public static Mutants of(SwapDesign design) {
        var trial = new MutantTrial(design);
        var mutants = new ArrayList<Mutant>();
        for (Mutation mutation : trial.mutations()) trial.mutant(mutation).ifPresent(mutants::add);
        return new Mutants(Designs.nameOf(design), mutants);
    }

    /// Makes and tries those of several designs.
    public static List<Mutants> of(List<SwapDesign> designs) {
        return designs.stream().map(Mutants::of).toList();
    }

    /// How many came to an outcome.
    public long count(Mutant.Outcome outcome) {
        return mutants.stream().filter(m -> m.outcome() == outcome).count();
    }

    /// Those that came to an outcome.
    public List<Mutant> all(Mutant.Outcome outcome) {
        return mutants.stream().filter(m -> m.outcome() == outcome).toList();
    }

    /// One line for each.
    public Table table() {
        var rows = new ArrayList<List<Object>>();
        for (Mutant m : mutants)
            rows.add(
                    List.of(
                            rows.size() + 1,
                            m.line(),
                            m.change(),
                            m.outcome().toString(),
                            m.what()));
        return Table.of(
                "Mutants of " + design,
                List.of("mutant", "line", "change", "verdict", "what"),
                rows);
    }

    /// The score of several designs.
    public static Table score(List<Mutants> designs) {
        var columns = new ArrayList<>(List.of("design", "generated"));
        for (Mutant.Outcome outcome : Mutant.Outcome.values()) columns.add(outcome.toString());
        var rows = new ArrayList<List<Object>>();
        for (Mutants each : designs) rows.add(each.row());
        return Table.of("Mutants and what became of them", columns, rows);
    }

    private List<Object> row() {
        var row = new ArrayList<Object>(List.of(design, mutants.size()));
        Arrays.stream(Mutant.Outcome.values()).map(this::count).forEach(row::add);
        return row;
    }
}
