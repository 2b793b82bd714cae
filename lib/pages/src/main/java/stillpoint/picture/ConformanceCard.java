package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stillpoint.evidence.Conformance;

/// Whether an implementation does only what its specification allows, as a card; where it does
/// more, with the shortest run up to the event that the specification does not have.
final class ConformanceCard {
    private ConformanceCard() {}

    static Bundle of(Conformance conformance, String id) {
        Card card = described(conformance);
        Bundle bundle =
                Bundle.of(
                        Bundle.PLAIN,
                        text(conformance),
                        Bundle.HTML,
                        card.html(),
                        Bundle.MEASURED,
                        Card.measured(conformance.counts()));
        return switch (conformance) {
            case Conformance.Refines _ -> bundle;
            case Conformance.Inconclusive _ -> bundle;
            case Conformance.DoesNotRefine d ->
                    bundle.with(Bundle.SVG, TraceSvg.of(d.trace().folded(), id));
        };
    }

    static List<Bundle> parts(Conformance conformance, String id) {
        return switch (conformance) {
            case Conformance.Refines _ -> List.of(of(conformance, id));
            case Conformance.Inconclusive _ -> List.of(of(conformance, id));
            case Conformance.DoesNotRefine d -> {
                Card card = described(d);
                yield List.of(
                        Bundle.of(Bundle.PLAIN, card.text(), Bundle.HTML, card.html()),
                        Bundle.of(
                                Bundle.PLAIN,
                                TraceText.text(d.trace().folded()),
                                Bundle.SVG,
                                TraceSvg.of(d.trace().folded(), id),
                                Bundle.MEASURED,
                                Card.measured(d.counts())));
            }
        };
    }

    private static String text(Conformance conformance) {
        String head = described(conformance).text();
        return conformance instanceof Conformance.DoesNotRefine d
                ? head + "\n\n" + TraceText.text(d.trace().folded())
                : head;
    }

    private static Card described(Conformance conformance) {
        var sizes = new ArrayList<>(List.of(Card.size(conformance.counts())));
        return switch (conformance) {
            case Conformance.Refines r -> {
                sizes.add(
                        String.format(
                                Locale.ROOT,
                                "%,d pairs with the %,d states of the specification",
                                r.pairs(),
                                r.specification().states()));
                yield card(
                        r,
                        Card.Sign.GOOD,
                        List.of(
                                "Every sequence of events is one that the specification allows"
                                        + " (exhaustive within bounds).",
                                "Seen: " + String.join(", ", r.events()) + "."),
                        sizes);
            }
            case Conformance.DoesNotRefine d ->
                    card(
                            d,
                            Card.Sign.BAD,
                            List.of(
                                    "After "
                                            + (d.seen().isEmpty()
                                                    ? "nothing"
                                                    : String.join(", ", d.seen()))
                                            + ": "
                                            + d.event()
                                            + ".",
                                    d.allowed().isEmpty()
                                            ? "The specification allows no event there."
                                            : "The specification allows only "
                                                    + String.join(", ", d.allowed())
                                                    + "."),
                            sizes);
            case Conformance.Inconclusive i ->
                    card(
                            i,
                            Card.Sign.OPEN,
                            List.of("Nothing is shown: " + Card.sentence(i.reason())),
                            sizes);
        };
    }

    private static Card card(
            Conformance what, Card.Sign sign, List<String> lines, List<String> sizes) {
        return new Card(sign, what.word(), what.subject(), lines, what.bounds(), sizes);
    }
}
