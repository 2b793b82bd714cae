package stillpoint.picture;

import java.util.List;
import java.util.stream.Stream;
import stillpoint.evidence.Progress;
import stillpoint.evidence.Trace;

/// Whether what must happen does happen at last, as a card; where it does not, with the way to
/// where it goes wrong and what then goes on for ever.
final class ProgressCard {
    private ProgressCard() {}

    static Bundle of(Progress progress, String id) {
        Bundle bundle =
                Bundle.of(
                        Bundle.PLAIN,
                        text(progress),
                        Bundle.HTML,
                        html(progress, id),
                        Bundle.MEASURED,
                        Card.measured(progress.counts()));
        return progress instanceof Progress.Broken b
                ? bundle.with(Bundle.SVG, TraceSvg.of(b.stem().folded(), id))
                : bundle;
    }

    private static String text(Progress progress) {
        String head = described(progress).text();
        if (!(progress instanceof Progress.Broken b)) return head;
        String stem = head + "\n\n" + TraceText.text(b.stem().folded());
        return goesOn(b)
                ? stem + "\n\n    for ever:\n\n" + TraceText.text(b.cycle().folded())
                : stem;
    }

    private static String html(Progress progress, String id) {
        String card = described(progress).html();
        if (!(progress instanceof Progress.Broken b)) return card;
        String stem = card + drawing("the way there", b.stem(), id + "-s");
        return goesOn(b) ? stem + drawing("then, for ever", b.cycle(), id + "-c") : stem;
    }

    private static String drawing(String caption, Trace trace, String id) {
        return "\n<div style=\"margin-top:.6em;overflow-x:auto\"><div>"
                + caption
                + "</div>"
                + TraceSvg.of(trace.folded(), id)
                + "</div>";
    }

    private static boolean goesOn(Progress.Broken broken) {
        return !broken.cycle().rows().isEmpty();
    }

    private static Card described(Progress progress) {
        return switch (progress) {
            case Progress.Kept k ->
                    card(
                            k,
                            Card.Sign.GOOD,
                            List.of(
                                    "On every fair run: "
                                            + String.join("; ", k.promises())
                                            + " (exhaustive within bounds, weak fairness)."));
            case Progress.Broken b ->
                    card(
                            b,
                            Card.Sign.BAD,
                            Stream.concat(
                                            Stream.of("Not kept: " + b.promise(), b.what()),
                                            b.why().stream())
                                    .map(Card::sentence)
                                    .toList());
            case Progress.Inconclusive i ->
                    card(
                            i,
                            Card.Sign.OPEN,
                            List.of("Nothing is shown: " + Card.sentence(i.reason())));
        };
    }

    private static Card card(Progress what, Card.Sign sign, List<String> lines) {
        return new Card(
                sign,
                what.word(),
                what.subject(),
                lines,
                what.bounds(),
                List.of(Card.size(what.counts())));
    }
}
