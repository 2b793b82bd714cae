package stillpoint.swap;

import stillpoint.check.Survey;
import stillpoint.evidence.Verdict;

/// What a search says once it is known whether interleavings alone decide the question.
///
/// @param order whether an order in memory decides it: then *safe* leaves it open
record Answer(Verdict verdict, boolean order) {
    /// `safe`, `open: needs the memory model`, what broke, or why nothing can be said.
    String word() {
        return switch (verdict) {
            case Verdict.Safe s -> order ? "open: needs the memory model" : s.word();
            case Verdict.Violation v ->
                    (v.failureClass().isEmpty() ? "" : v.failureClass() + ": ") + v.what();
            case Verdict.Inconclusive i -> i.word() + ": " + i.reason();
        };
    }

    /// The same of a survey: the classes that it met, or why it says nothing of the others.
    static String word(Survey survey, boolean order) {
        if (survey.open().isPresent())
            return (survey.broken().isEmpty() ? "" : String.join(", ", survey.broken()) + "; ")
                    + "inconclusive: "
                    + survey.open().get();
        if (!survey.broken().isEmpty()) return String.join(", ", survey.broken());
        return order ? "open: needs the memory model" : "safe";
    }
}
