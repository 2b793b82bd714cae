package stillpoint.check;

import java.util.List;
import java.util.Optional;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Model;

/// What one search says about every failure class and kind of fault at once.
///
/// Every fault ends its task, and the search goes on: no class hides another. A class that was not
/// met is *safe* within the bounds, with the counts of this one search, since a search for that
/// class alone would have visited the same states. A class that was met is *broken*, and
/// [#verdict(String)] searches for it alone, which gives the same shortest trace as always.
///
/// @param model what was searched
/// @param checker how; its means say that hashes were kept only if they were
/// @param broken what was met: failure classes (`F1`), and kinds of fault without a class
///   (`deadlock`, `other use after free`), sorted
/// @param places the same, each with a function that it was met in (`F1 in __swap_duplicate`),
///   sorted; where equal futures were merged it is one of several functions
/// @param counts how large it was
/// @param open why nothing can be said about what was not met; empty if all was searched
/// @param occurred the `sometimes` conditions that were reached
public record Survey(
        Model model,
        Checker checker,
        List<String> broken,
        List<String> places,
        Counts counts,
        Optional<String> open,
        List<String> occurred) {
    public Survey {
        broken = List.copyOf(broken);
        places = List.copyOf(places);
        occurred = List.copyOf(occurred);
    }

    /// The verdict on one failure class or kind of fault, as `only` gives it.
    ///
    /// @param what `F2`, `deadlock`, `other use after free`
    public Verdict verdict(String what) {
        Checker alone = checker.only(what);
        if (broken.contains(what)) return alone.check(model);
        String subject = alone.subject(model);
        Bounds within =
                alone.bounds(model, checker.reductions(), checker.means().fingerprints(), counts);
        return open.<Verdict>map(
                        reason -> new Verdict.Inconclusive(subject, within, counts, reason))
                .orElseGet(() -> new Verdict.Safe(subject, within, counts, occurred));
    }
}
