package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Verdict;

/// A verdict as a card: the word with a sign (never a colour alone), the subject, what was searched
/// and how large it was.
///
/// What differs from run to run, seconds and bytes, is kept out of it and stands under
/// [Bundle#MEASURED].
public final class VerdictCard {
    private VerdictCard() {}

    static Bundle of(Verdict verdict, String id) {
        Bundle card =
                Bundle.of(
                        Bundle.PLAIN,
                        text(verdict),
                        Bundle.HTML,
                        html(verdict, id),
                        Bundle.MEASURED,
                        measured(verdict));
        return switch (verdict) {
            case Verdict.Safe _ -> card;
            case Verdict.Inconclusive _ -> card;
            case Verdict.Violation v -> card.with(Bundle.SVG, TraceSvg.of(v.trace().folded(), id));
        };
    }

    /// The card and, for a violation, the drawing by itself: what shows only one form of an output,
    /// such as a code host that keeps no drawings in HTML, then shows both.
    static List<Bundle> parts(Verdict verdict, String id) {
        return switch (verdict) {
            case Verdict.Safe _ -> List.of(of(verdict, id));
            case Verdict.Inconclusive _ -> List.of(of(verdict, id));
            case Verdict.Violation v ->
                    List.of(
                            Bundle.of(Bundle.PLAIN, head(v), Bundle.HTML, card(v)),
                            Bundle.of(
                                    Bundle.PLAIN,
                                    TraceText.text(v.trace().folded()),
                                    Bundle.SVG,
                                    TraceSvg.of(v.trace().folded(), id),
                                    Bundle.MEASURED,
                                    measured(v)));
        };
    }

    /// The verdict with what was measured, for a terminal.
    public static String terminal(Verdict verdict) {
        return text(verdict) + "\n\n    measured: " + measuredWords(verdict);
    }

    /// The verdict as a mail shows it; a violation ends with its trace.
    static String text(Verdict verdict) {
        return verdict instanceof Verdict.Violation v
                ? head(v) + "\n\n" + TraceText.text(v.trace().folded())
                : head(verdict);
    }

    private static String head(Verdict verdict) {
        return described(verdict).text();
    }

    /// One sentence: what the search says, and on what basis.
    private static String finding(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Safe s ->
                    looked(s.bounds())
                            .map(only ->
                                    "No reachable state shows "
                                            + only
                                            + "; other faults were passed over (exhaustive within bounds).")
                            .orElse("No reachable state breaks a rule (exhaustive within bounds).");
            case Verdict.Violation v ->
                    v.kind()
                            + (v.failureClass().isEmpty() ? "" : " (" + v.failureClass() + ")")
                            + ": "
                            + Card.sentence(v.what());
            case Verdict.Inconclusive i -> "Nothing is shown: " + Card.sentence(i.reason());
        };
    }

    /// What alone was looked for.
    private static Optional<String> looked(Bounds bounds) {
        return bounds.entries().stream()
                .filter(bound -> bound.name().equals("only"))
                .map(Bounds.Bound::value)
                .findFirst();
    }

    private static List<String> more(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Safe s when s.occurred().isEmpty() -> List.of();
            case Verdict.Safe s ->
                    List.of("Reached on the way: " + String.join("; ", s.occurred()) + ".");
            case Verdict.Violation v ->
                    List.of(
                            "A shortest way there has "
                                    + v.trace().rows().size()
                                    + (v.trace().rows().size() == 1 ? " step and " : " steps and ")
                                    + v.trace().switches()
                                    + (v.trace().switches() == 1
                                            ? " switch of CPU."
                                            : " switches of CPU.")
                                    + (v.trace().folded().equals(v.trace())
                                            ? ""
                                            : " Stretches that no other CPU notices are folded."));
            case Verdict.Inconclusive _ -> List.of();
        };
    }

    private static String measured(Verdict verdict) {
        return Card.measured(verdict.counts());
    }

    private static String measuredWords(Verdict verdict) {
        return Card.measuredWords(verdict.counts());
    }

    private static String html(Verdict verdict, String id) {
        return verdict instanceof Verdict.Violation v
                ? card(verdict)
                        + "\n<div style=\"margin-top:.6em;overflow-x:auto\">"
                        + TraceSvg.of(v.trace().folded(), id + "-v")
                        + "</div>"
                : card(verdict);
    }

    private static String card(Verdict verdict) {
        return described(verdict).html();
    }

    private static Card described(Verdict verdict) {
        Card.Sign sign =
                switch (verdict) {
                    case Verdict.Safe _ -> Card.Sign.GOOD;
                    case Verdict.Violation _ -> Card.Sign.BAD;
                    case Verdict.Inconclusive _ -> Card.Sign.OPEN;
                };
        var lines = new ArrayList<>(List.of(finding(verdict)));
        lines.addAll(more(verdict));
        return new Card(
                sign,
                verdict.word(),
                verdict.subject(),
                lines,
                verdict.bounds(),
                List.of(Card.size(verdict.counts())));
    }
}
