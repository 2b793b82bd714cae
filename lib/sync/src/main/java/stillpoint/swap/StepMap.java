package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import stillpoint.evidence.Table;
import stillpoint.machine.Agent;
import stillpoint.machine.Model;
import stillpoint.program.Node;
import stillpoint.program.Program;
import stillpoint.program.PseudoC;

/// Which line of the model takes which step of the kernel, and what is left out and why.
///
/// What the kernel does is written down here in our words, step by step, as it stands in v4.19, in
/// V7 and in V8. Where the model does it is not: the line is looked up in the recording, so a step
/// that is no longer taken has no line, and [#tables] throws.
public final class StepMap {
    /// A part of the kernel, and the model in which its steps are looked up.
    ///
    /// @param title what the part is
    /// @param model the model that takes the steps
    /// @param steps its steps, in the order of the code
    record Part(String title, Model model, List<Step> steps) {
        Part {
            steps = List.copyOf(steps);
        }
    }

    /// One step of the kernel.
    ///
    /// @param number its number in the description of the code
    /// @param kernel what the kernel does
    /// @param place where the model does it
    record Step(String number, String kernel, Place place) {}

    /// Where the model takes a step.
    sealed interface Place {
        /// In a recorded step.
        ///
        /// @param agent who takes it, `reader` or `swapoff`
        /// @param functions functions it is in, outermost first, down to the one that takes it;
        ///   others may lie between
        /// @param text part of the step as [PseudoC] prints it
        /// @param after part of an earlier step; empty if it is the first such step anyway
        record In(String agent, List<String> functions, String text, String after)
                implements Place {
            public In {
                functions = List.copyOf(functions);
            }
        }

        /// Nowhere.
        ///
        /// @param because the reason
        record LeftOut(String because) implements Place {}
    }

    private StepMap() {}

    /// The whole map, one table a part.
    ///
    /// @throws IllegalStateException if a step is not where the map looks for it
    public static List<Table> tables() {
        return StepList.parts().stream().map(StepMap::table).toList();
    }

    /// The rows of one hunk of V7.
    ///
    /// @param title the title of the table
    /// @param steps how the numbers of its steps begin, for example `get` and `put`
    public static Table hunk(String title, String... steps) {
        return StepList.parts().stream()
                .filter(part -> part.title().startsWith("V7"))
                .map(part ->
                        table(
                                new Part(
                                        title,
                                        part.model(),
                                        part.steps().stream()
                                                .filter(step ->
                                                        Stream.of(steps)
                                                                .anyMatch(
                                                                        step.number()::startsWith))
                                                .toList())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the map has a part for V7"));
    }

    /// How large the recorded programs of a model are.
    public static Table size(Model model) {
        var rows = new ArrayList<List<String>>();
        for (Agent agent : model.agents()) {
            Program program = agent.program();
            rows.add(
                    List.of(
                            agent.name(),
                            Integer.toString(agent.copies()),
                            Integer.toString(program.flow().visibleSteps()),
                            Integer.toString(program.flow().nodes().size()),
                            Integer.toString(program.paths())));
        }
        return new Table(
                "Recorded programs of " + model.title(),
                List.of(
                        Table.words("program"),
                        Table.numbers("copies"),
                        Table.numbers("steps"),
                        Table.numbers("nodes"),
                        Table.numbers("recorded paths")),
                rows);
    }

    private static Table table(Part part) {
        var rows = new ArrayList<List<String>>();
        for (Step step : part.steps())
            rows.add(
                    switch (step.place()) {
                        case Place.In in -> {
                            Node node = find(part, step, in);
                            yield List.of(
                                    step.number(),
                                    step.kernel(),
                                    node.site().toString(),
                                    PseudoC.line(node.step()));
                        }
                        case Place.LeftOut out ->
                                List.of(
                                        step.number(),
                                        step.kernel(),
                                        "",
                                        "left out, because " + out.because());
                    });
        return new Table(
                part.title(),
                List.of(
                        Table.words("step"),
                        Table.words("the kernel"),
                        Table.words("line of the model"),
                        Table.words("step of the model")),
                rows);
    }

    /// The first recorded node that is where the map says.
    static Node find(Part part, Step step, Place.In in) {
        for (Agent agent : part.model().agents()) {
            if (!agent.name().equals(in.agent())) continue;
            boolean reached = in.after().isEmpty();
            for (Node node : agent.program().lines().nodes()) {
                String line = PseudoC.line(node.step());
                if (reached && within(node.frames(), in.functions()) && line.contains(in.text()))
                    return node;
                reached |= line.contains(in.after());
            }
        }
        throw new IllegalStateException(
                "step "
                        + step.number()
                        + " of \""
                        + part.title()
                        + "\": no step of "
                        + in.agent()
                        + " in "
                        + String.join(" > ", in.functions())
                        + " has \""
                        + in.text()
                        + "\"; it was trimmed or renamed");
    }

    private static boolean within(List<String> frames, List<String> functions) {
        if (frames.isEmpty() || !frames.getLast().equals(functions.getLast())) return false;
        int found = 0;
        for (String frame : frames)
            if (found < functions.size() && frame.equals(functions.get(found))) found++;
        return found == functions.size();
    }
}
