package stillpoint.simulate;

import java.util.ArrayList;
import java.util.List;
import stillpoint.program.PseudoC;

/// What one CPU did in a run: written down only where somebody asks for it.
///
/// A hot core: mutable, one thread.
public final class Trace {
    private static final int NOBODY = -1;

    /// Longest: a million steps.
    private static final int MOST = 1_000_000;

    /// Whose steps are written down; -1 for nobody's.
    int cpu = NOBODY;

    private final List<Moment> moments = new ArrayList<>();

    /// A step of a task.
    ///
    /// @param ns when it took effect, from the start of the run
    /// @param task whose step it is
    /// @param step in kernel words
    public record Moment(long ns, String task, String step) {}

    void of(int one) {
        moments.clear();
        cpu = one;
    }

    void add(long ns, String task, Instr i) {
        if (moments.size() == MOST)
            throw new IllegalStateException(
                    "cpu "
                            + cpu
                            + " takes more than "
                            + MOST
                            + " steps: too many to write down; ask for another CPU, or fewer CPUs");
        moments.add(new Moment(ns, task, PseudoC.line(i.node.step())));
    }

    /// Nothing is written down from here on.
    void end() {
        cpu = NOBODY;
    }

    /// What was written down.
    List<Moment> moments() {
        return List.copyOf(moments);
    }
}
