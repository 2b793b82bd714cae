package stillpoint.machine;

import java.util.ArrayList;
import java.util.List;
import stillpoint.evidence.Bounds;
import stillpoint.program.Memory;

/// What a search explores: shared state, and who works on it.
///
/// @param title what it is, for a verdict's headline
/// @param memory the shared state and its initial values
/// @param agents who works on it, in the order of the columns of a trace; those with CPUs of their
///   own come first
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
        for (int a = 0; a < agents.size(); a++) placed(title, agents.subList(0, a), agents.get(a));
    }

    /// A task: who runs it, and on which CPU.
    ///
    /// @param agent an index into the agents
    /// @param cpu from 0
    public record Place(int agent, int cpu) {}

    /// How many CPUs there are.
    public int cpus() {
        return agents.stream().filter(a -> a.on().isEmpty()).mapToInt(Agent::copies).sum();
    }

    /// Whether some task may move from CPU to CPU.
    public boolean migrates() {
        return agents.stream().anyMatch(Agent::migrates);
    }

    /// Every task. The first ones have CPUs of their own, whose numbers are theirs.
    public List<Place> tasks() {
        var tasks = new ArrayList<Place>();
        for (int a = 0; a < agents.size(); a++)
            for (int cpu : cpusOf(a)) tasks.add(new Place(a, cpu));
        return tasks;
    }

    private List<Integer> cpusOf(int agent) {
        var cpus = new ArrayList<Integer>();
        List<String> on = agents.get(agent).on();
        int next = 0;
        for (int h = 0; h < agents.size(); h++) {
            Agent host = agents.get(h);
            if (!host.on().isEmpty()) continue;
            boolean here = h == agent || on.contains(host.name());
            for (int c = 0; c < host.copies(); c++, next++) if (here) cpus.add(next);
        }
        return cpus;
    }

    private static void placed(String title, List<Agent> before, Agent agent) {
        boolean late = before.stream().anyMatch(a -> !a.on().isEmpty());
        if (agent.on().isEmpty() && late)
            throw new IllegalArgumentException(
                    title
                            + ": "
                            + agent.name()
                            + " has CPUs of its own: name it before those that run on others' CPUs");
        int copies = 0;
        for (String host : agent.on())
            copies +=
                    before.stream()
                            .filter(a -> a.on().isEmpty() && a.name().equals(host))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            title
                                                    + ": "
                                                    + agent.name()
                                                    + " runs on the CPUs of \""
                                                    + host
                                                    + "\": an agent with CPUs of its own has that name"))
                            .copies();
        if (!agent.on().isEmpty() && copies != agent.copies())
            throw new IllegalArgumentException(
                    title
                            + ": "
                            + agent.name()
                            + " has "
                            + agent.copies()
                            + " copies on "
                            + copies
                            + " CPUs: give it one for each");
    }
}
