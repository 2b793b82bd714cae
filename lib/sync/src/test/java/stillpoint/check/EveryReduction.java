package stillpoint.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// What is found of one model with all reductions, with each of them off, and with none: the answer
/// has to be the same, only the number of states is not.
///
/// The length of a trace is told twice. In *verbs*, it is what the checker makes shortest: the
/// transitions of a search without movers, which the checker always does to find a trace. As
/// *drawn*, it is the rows of that trace, where a lock is one row with the `preempt_disable()` in
/// it. [Nearest] finds the verbs a second time, by a search that has the very reductions in
/// question.
///
/// @param sizes states and transitions of the survey, for each of [#WAYS]
/// @param answer what was found with all of them on
/// @param differences where another way says something else; empty if the reductions are sound
record EveryReduction(Map<Reductions, String> sizes, Answer answer, List<String> differences) {
    /// With movers on, fusion alone changes nothing: a local step commutes with everything, so it
    /// joins its neighbour anyway. So it is also switched off together with them.
    static final List<Reductions> WAYS =
            List.of(
                    Reductions.ALL,
                    new Reductions(false, true, true, true),
                    Reductions.ALL.withoutMerging(),
                    Reductions.ALL.withoutMovers(),
                    Reductions.ALL.withoutSymmetry(),
                    new Reductions(false, true, false, true),
                    Reductions.NONE);

    /// What one way says.
    ///
    /// @param met each failure class and kind of fault that can be met, and how far away it is
    /// @param occurred the `sometimes` conditions that were reached
    /// @param open why nothing can be said of the others; empty if all was searched
    record Answer(SortedMap<String, Length> met, List<String> occurred, String open) {}

    /// Of a shortest trace.
    record Length(int verbs, int drawn) {
        @Override
        public String toString() {
            return verbs + "/" + drawn;
        }
    }

    /// @param ways all of [#WAYS], or the first of them: with more CPUs the last ones take minutes
    static EveryReduction of(Model model, Config config, List<Reductions> ways) {
        var sizes = new LinkedHashMap<Reductions, String>();
        var differences = new ArrayList<String>();
        Answer first = answer(Checker.of(config).survey(model));
        for (Reductions way : ways) {
            Survey survey = Checker.of(config).with(way).survey(model);
            sizes.put(way, survey.counts().states() + " " + survey.counts().transitions());
            Answer answer = answer(survey);
            differences.addAll(differences(way, first, answer));
            if (!way.movers() || !ways.contains(way.withoutMovers()))
                differences.addAll(nearest(survey, answer, way));
        }
        return new EveryReduction(sizes, first, differences);
    }

    static Answer answer(Survey survey) {
        var met = new TreeMap<String, Length>();
        for (String each : survey.broken()) met.put(each, length(survey.verdict(each)));
        return new Answer(met, survey.occurred(), survey.open().orElse(""));
    }

    private static Length length(Verdict verdict) {
        if (!(verdict instanceof Verdict.Violation violation))
            throw new AssertionError(verdict + ": the survey has met it");
        int verbs = Schedule.parse(violation.trace().replay()).turns().size();
        return new Length(verbs, violation.trace().rows().size());
    }

    /// What one way says that all reductions together do not.
    static List<String> differences(Reductions way, Answer expected, Answer answer) {
        return expected.equals(answer)
                ? List.of()
                : List.of(way + ": " + answer + ", but with all: " + expected);
    }

    /// A second search, one by one and without movers; where the survey had none either, it is to
    /// have seen the same states.
    private static List<String> nearest(Survey survey, Answer answer, Reductions way) {
        var nearest = new Nearest(survey.model(), survey.checker().config(), way);
        var differences = new ArrayList<String>();
        String lengths =
                answer.met().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        e -> e.getValue().verbs(),
                                        Math::min,
                                        TreeMap::new))
                        .toString();
        if (!lengths.equals(nearest.lengths().toString()))
            differences.add(
                    way + ": traces have " + lengths + ", the nearest are " + nearest.lengths());
        Counts counts = survey.counts();
        if (!way.movers()
                && (counts.states() != nearest.states()
                        || counts.transitions() != nearest.transitions()))
            differences.add(way + ": a second search has " + nearest.states() + " states");
        return differences;
    }
}
