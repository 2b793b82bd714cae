package stillpoint.program;

import java.util.List;

/// A recorded program in its two forms, which take the same visible steps.
///
/// @param flow merged: equal futures are one node, and registers that no future reads are gone
/// @param lines unmerged: every node knows its own source line and functions; for printing a trace
/// @param unasked lines that read a value nobody asked about: a verdict over this program is not to
///   be trusted
/// @param paths how many paths were recorded
public record Program(Flow flow, Flow lines, List<Site> unasked, int paths) {
    public Program {
        unasked = List.copyOf(unasked);
    }

    /// Whether it is an interrupt handler: it was recorded as one.
    public boolean interrupt() {
        return flow.nodes().get(flow.entry()).context().equals(Context.INTERRUPT);
    }

    /// What the program is called.
    public String name() {
        return flow.name();
    }
}
