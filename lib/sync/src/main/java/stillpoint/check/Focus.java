package stillpoint.check;

import java.util.function.Predicate;
import stillpoint.machine.FailureClasses;
import stillpoint.machine.Model;

/// The faults that count in a search. A fault that does not count ends its task, and the search
/// goes on: otherwise a NULL dereference would hide the use after free behind it.
///
/// @param what a failure class (`F2`), a kind of fault (`use after free`), or that kind where it
///   has no class (`other use after free`); empty for all
/// @param function the only function in which it counts; empty for all
record Focus(String what, String function) {
    private static final String IN = " in ";
    private static final String OTHER = "other ";

    /// From `F2`, `use after free`, or `F1 in __swap_duplicate`; everything counts if it is empty.
    static Focus of(String text) {
        int in = text.lastIndexOf(IN);
        return in < 0
                ? new Focus(text, "")
                : new Focus(text.substring(0, in), text.substring(in + IN.length()));
    }

    /// Whether nothing is passed over.
    boolean everything() {
        return what.isEmpty();
    }

    /// The faults that do not count.
    Predicate<Hit> passedOver(FailureClasses classes) {
        if (everything()) return hit -> false;
        return hit ->
                !(function.isEmpty() || function.equals(hit.function()))
                        || !what.equals(hit.fault().words()) && !what.equals(of(hit, classes));
    }

    /// What finds this fault and others of its sort, but none of another sort.
    static String of(Hit hit, FailureClasses classes) {
        String failureClass = classes.of(hit.fault(), hit.object());
        return failureClass.isEmpty() ? OTHER + hit.fault().words() : failureClass;
    }

    /// The same, and in which function it was met.
    static String place(Hit hit, FailureClasses classes) {
        return of(hit, classes) + (hit.function().isEmpty() ? "" : IN + hit.function());
    }

    /// Refuses a function that no program of the model calls: the search would look for nothing.
    void suits(Model model) {
        if (function.isEmpty()) return;
        boolean called =
                model.agents().stream()
                        .flatMap(agent -> agent.program().lines().nodes().stream())
                        .anyMatch(node -> node.frames().contains(function));
        if (!called)
            throw new IllegalArgumentException(
                    function
                            + ": no program of the model calls this function; take one that a trace shows");
    }

    /// Merged nodes know one of their functions only.
    Reductions suited(Reductions reductions) {
        return function.isEmpty() ? reductions : reductions.withoutMerging();
    }
}
