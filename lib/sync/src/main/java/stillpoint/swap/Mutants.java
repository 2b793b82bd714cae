package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import stillpoint.evidence.Table;

/// Small mistakes in the steps of a design, made one at a time, and whether the checks notice: a
/// step dropped, both ends of a section or a lock dropped, two neighbours swapped, a wait moved, an
/// order made plain.
///
/// A step is a design's own if its line is in the design's source file. The steps that all designs
/// share, and that a design which changes nothing consists of, are those of swapoff, of swapon, and
/// of the defaults of [SwapDesign]. Whatever is recorded of a line more than once is changed
/// everywhere, as an edit of the line would.
///
/// @param design how it is asked for, `D8`
/// @param steps which of its steps were changed
/// @param mutants in the order of the recorded programs
public record Mutants(String design, Steps steps, List<Mutant> mutants) {
    private static final Set<String> SHARED_FILES =
            Set.of("SwapOff.java", "SwapOn.java", "SwapDesign.java");

    /// Whose steps are changed.
    public enum Steps {
        /// Those of the design's own file, and of the designs it extends.
        OWN("own"),
        /// Those of swapoff, swapon, and the defaults of a design.
        SHARED("shared");

        private final String word;

        Steps(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public Mutants {
        mutants = List.copyOf(mutants);
    }

    /// Makes those of a design's own steps and tries each.
    public static Mutants of(SwapDesign design) {
        return of(design, Steps.OWN);
    }

    /// Makes those of some of its steps and tries each.
    public static Mutants of(SwapDesign design, Steps steps) {
        var trial = new MutantTrial(design);
        Set<String> files = steps == Steps.OWN ? trial.own() : SHARED_FILES;
        var mutants = new ArrayList<Mutant>();
        for (Mutation mutation : trial.mutations(files))
            trial.mutant(mutation).ifPresent(mutants::add);
        return new Mutants(Designs.nameOf(design), steps, mutants);
    }

    /// Those of the own steps of every design, and those of the shared steps of two: the one that
    /// changes nothing, and V7.
    public static List<Mutants> all() {
        var all = new ArrayList<Mutants>();
        for (SwapDesign design : Designs.all()) all.add(of(design));
        for (SwapDesign design : List.of(new Unprotected(), new StopMachineV7()))
            all.add(of(design, Steps.SHARED));
        return all;
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
                "Mutants of " + design + ", " + steps + " steps",
                List.of("mutant", "line", "change", "verdict", "what"),
                rows);
    }

    /// The score of several designs.
    public static Table score(List<Mutants> designs) {
        var columns = new ArrayList<>(List.of("design", "steps", "generated"));
        for (Mutant.Outcome outcome : Mutant.Outcome.values()) columns.add(outcome.toString());
        var rows = new ArrayList<List<Object>>();
        for (Mutants each : designs) rows.add(each.row());
        return Table.of("Mutants and what became of them", columns, rows);
    }

    private List<Object> row() {
        var row = new ArrayList<Object>(List.of(design, steps.toString(), mutants.size()));
        Arrays.stream(Mutant.Outcome.values()).map(this::count).forEach(row::add);
        return row;
    }
}
