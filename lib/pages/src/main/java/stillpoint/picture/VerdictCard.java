package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Counts;
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
        var out = new StringBuilder();
        List<String> lines = new ArrayList<>(List.of(verdict.word() + ": " + verdict.subject()));
        lines.add(finding(verdict));
        lines.addAll(more(verdict));
        lines.add("bounds: " + verdict.bounds());
        lines.add(counts(verdict.counts()));
        for (int i = 0; i < lines.size(); i++)
            for (String line : Wrap.lines(Ascii.of(lines.get(i)), i == 0 ? 75 : 71, "  "))
                out.append(i == 0 ? "" : "    ").append(line).append('\n');
        return out.toString().stripTrailing();
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
                            + sentence(v.what());
            case Verdict.Inconclusive i -> "Nothing is shown: " + sentence(i.reason());
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

    private static String sentence(String words) {
        return words.isEmpty() || ".!?".indexOf(words.charAt(words.length() - 1)) >= 0
                ? words
                : words + ".";
    }

    private static String counts(Counts counts) {
        return String.format(
                Locale.ROOT,
                "%,d states, %,d transitions, depth %d, %d bits a state",
                counts.states(),
                counts.transitions(),
                counts.depth(),
                counts.bitsPerState());
    }

    /// `{"label":"measured","text":"..."}`.
    private static String measured(Verdict verdict) {
        return "{\"label\":\"measured\",\"text\":\"" + measuredWords(verdict) + "\"}";
    }

    private static String measuredWords(Verdict verdict) {
        Counts counts = verdict.counts();
        double rate = counts.seconds() > 0 ? counts.states() / counts.seconds() : 0;
        return String.format(
                Locale.ROOT,
                "search %s s, %,.0f states/s, %.1f bytes a state",
                seconds(counts.seconds()),
                rate,
                counts.bytesPerState());
    }

    private static String seconds(double seconds) {
        return String.format(
                Locale.ROOT, seconds < 0.1 ? "%.4f" : seconds < 10 ? "%.2f" : "%.1f", seconds);
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
        Ink ink =
                switch (verdict) {
                    case Verdict.Safe _ -> Ink.OK;
                    case Verdict.Violation _ -> Ink.BAD;
                    case Verdict.Inconclusive _ -> Ink.WARN;
                };
        String sign =
                switch (verdict) {
                    case Verdict.Safe _ -> "\u2713";
                    case Verdict.Violation _ -> "\u2717";
                    case Verdict.Inconclusive _ -> "?";
                };
        var out =
                new StringBuilder(
                        """
                        <div class="sp-verdict" data-verdict="%1$s" data-subject="%2$s" style="border:1px solid %3$s;\
                        border-left-width:6px;border-radius:5px;padding:.6em .9em .7em;max-width:48em;line-height:1.5">
                        <div><strong style="display:inline-block;background:%3$s;color:%4$s;border-radius:4px;\
                        padding:0 .6em;margin-right:.5em"><span aria-hidden="true">%5$s</span> %1$s</strong> \
                        <strong>%2$s</strong></div>
                        """
                                .formatted(
                                        verdict.word(),
                                        Markup.escape(verdict.subject()),
                                        ink.paint(),
                                        Ink.PAPER.paint(),
                                        sign));
        var lines = new ArrayList<>(List.of(finding(verdict)));
        lines.addAll(more(verdict));
        for (String line : lines)
            out.append("<div style=\"margin-top:.3em\">")
                    .append(Markup.escape(line))
                    .append("</div>\n");
        out.append("<div style=\"margin-top:.45em;font-size:.9em;opacity:.85\">")
                .append(bounds(verdict.bounds()))
                .append("<br>")
                .append(counts(verdict.counts()))
                .append("</div>\n</div>");
        return out.toString();
    }

    private static String bounds(Bounds bounds) {
        return "within "
                + bounds.entries().stream()
                        .map(b ->
                                Markup.escape(b.name())
                                        + " = <b>"
                                        + Markup.escape(b.value())
                                        + "</b>")
                        .collect(Collectors.joining(", "));
    }
}
