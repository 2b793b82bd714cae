package stillpoint.swap;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import stillpoint.machine.Agent;
import stillpoint.machine.Model;
import stillpoint.program.Flow;
import stillpoint.program.Kind;
import stillpoint.program.Node;
import stillpoint.program.Operand;
import stillpoint.program.Place;
import stillpoint.program.Question;
import stillpoint.program.Step;
import stillpoint.program.Variable;

/// Pointers that are NULL for ever: `p->cluster_info` of a rotating device. Where a recorded
/// program asks whether such a pointer is NULL, one of its two ways is never taken.
///
/// @param variables the pointers that start as NULL and that no program sets to anything else
record NeverSet(Set<Variable> variables) {
    static NeverSet of(Model model) {
        var never = new HashSet<Variable>();
        for (Variable v : model.memory().variables())
            if (v.sort() == Variable.Sort.POINTER
                    && v.owner().isEmpty()
                    && v.initial() == Kind.NULL) never.add(v);
        for (Agent agent : model.agents())
            steps(agent.program().lines()).forEach(step -> unlessSet(step, never));
        return new NeverSet(Set.copyOf(never));
    }

    private static Stream<Step> steps(Flow flow) {
        return flow.nodes().stream()
                .map(Node::step)
                .flatMap(step ->
                        step instanceof Step.StopMachine s && s.callback().isPresent()
                                ? steps(s.callback().get())
                                : Stream.of(step));
    }

    private static void unlessSet(Step step, Set<Variable> never) {
        if (step instanceof Step.Modify m) never.remove(m.place().variable());
        if (step instanceof Step.Write w && !w.value().equals(Operand.of(Kind.NULL)))
            never.remove(w.place().variable());
    }

    /// Where the program may go on behind a node.
    List<Integer> ways(Flow flow, Node node) {
        if (!(node.step() instanceof Step.Branch(Question question))
                || question.relation() != Question.Relation.EQUAL
                || !(question.left() instanceof Operand.Reg(int register))
                || !question.right().equals(Operand.of(Kind.NULL))
                || !isNull(flow, register)) return node.next();
        return node.next().subList(0, 1);
    }

    private boolean isNull(Flow flow, int register) {
        List<Step> reads =
                flow.nodes().stream()
                        .map(Node::step)
                        .filter(s -> s instanceof Step.Read r && r.register() == register)
                        .toList();
        return !reads.isEmpty()
                && reads.stream()
                        .map(Step.Read.class::cast)
                        .map(Step.Read::place)
                        .allMatch(place ->
                                place.which() instanceof Place.Which.Only
                                        && variables.contains(place.variable()));
    }
}
