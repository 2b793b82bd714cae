package stillpoint.machine;

import java.util.List;
import stillpoint.evidence.Bounds;
import stillpoint.program.Memory;

/// What a search explores: shared state, and who works on it.
///
/// @param title what it is, for a verdict's headline
/// @param memory the shared state and its initial values
/// @param agents the CPUs, in the order of the columns of a trace
/// @param sometimes conditions that some run must reach, or a proof is empty
/// @param bounds what the model is limited to, for the verdict
/// @param classes names the failure class of a fault
public record Model(
        String title,
        Memory memory,
        List<Agent> agents,
        List<String> sometimes,
        Bounds bounds,
        FailureClasses classes) {
    public Model {
        agents = List.copyOf(agents);
        sometimes = List.copyOf(sometimes);
        if (agents.isEmpty())
            throw new IllegalArgumentException(title + ": 0 agents: a model has at least one");
    }

    /// How many CPUs there are.
    public int cpus() {
        return agents.stream().mapToInt(Agent::copies).sum();
    }
}
