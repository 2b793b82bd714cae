package stillpoint.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.internal.chartpart.Chart;
import stillpoint.evidence.Conformance;
import stillpoint.evidence.Evident;
import stillpoint.evidence.Plot;
import stillpoint.evidence.Progress;
import stillpoint.evidence.Table;
import stillpoint.evidence.Timing;
import stillpoint.evidence.TimingDifference;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;

/// The one switch from a value to its pictures.
public final class Pictures {
    private static final String CHART = "org.knowm.xchart.internal.chartpart.Chart";

    private Pictures() {}

    /// The pictures of a value, or nothing when it is of a kind that has none.
    ///
    /// @param value a verdict, timing, trace, table, plot or sentence, or what shows as one; a
    ///   Tablesaw table, an XChart chart, a buffered image; a bundle; or a list of those
    /// @param idPrefix starts every id in the markup, for example the id of the cell
    public static Optional<Bundle> of(Object value, String idPrefix) {
        String id = Markup.id(idPrefix);
        return switch (value) {
            case Bundle bundle -> Optional.of(bundle);
            case Sentence sentence ->
                    Optional.of(
                            Bundle.of(
                                    Bundle.PLAIN,
                                    sentence.plain(),
                                    Bundle.MARKDOWN,
                                    sentence.markdown()));
            case Verdict verdict -> Optional.of(VerdictCard.of(verdict, id));
            case Conformance conformance -> Optional.of(ConformanceCard.of(conformance, id));
            case Progress progress -> Optional.of(ProgressCard.of(progress, id));
            case Trace trace ->
                    Optional.of(
                            Bundle.of(
                                    Bundle.PLAIN,
                                    TraceText.text(trace),
                                    Bundle.SVG,
                                    TraceSvg.of(trace, id)));
            case Timing timing -> Optional.of(TimingCard.of(timing));
            case TimingDifference difference -> Optional.of(TimingCard.of(difference));
            case Evident evident -> of(evident.evidence(), idPrefix);
            case Table table -> Optional.of(TablePicture.of(table));
            case Plot plot -> Optional.of(Charts.of(plot, id));
            case List<?> list -> group(list, id);
            default -> foreign(value, id);
        };
    }

    /// The same as one or more outputs, each of which is whole in whatever form it is shown: a
    /// client shows one form of an output, and not every client keeps a drawing inside HTML.
    ///
    /// @return empty when the value is of a kind that has no picture
    public static List<Bundle> parts(Object value, String idPrefix) {
        String id = Markup.id(idPrefix);
        if (value instanceof Evident evident) return parts(evident.evidence(), idPrefix);
        if (value instanceof Verdict verdict) return VerdictCard.parts(verdict, id);
        if (value instanceof Conformance c) return ConformanceCard.parts(c, id);
        if (value instanceof Plot plot) return Charts.parts(plot, id);
        if (isChart(value)) return Charts.parts((Chart<?, ?>) value, id);
        return of(value, idPrefix).map(List::of).orElse(List.of());
    }

    private static boolean isChart(Object value) {
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass())
            if (type.getName().equals(CHART)) return true;
        return false;
    }

    /// Values of other libraries, known by the name of their class: a command that shows none of
    /// them loads neither library.
    private static Optional<Bundle> foreign(Object value, String id) {
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass())
            switch (type.getName()) {
                case CHART -> {
                    return Optional.of(Charts.of((Chart<?, ?>) value, id));
                }
                case "tech.tablesaw.api.Table" -> {
                    return Optional.of(TablesawTables.of(value));
                }
                case "java.awt.image.BufferedImage" -> {
                    return Optional.of(Pixels.of((BufferedImage) value));
                }
                default -> {}
            }
        return Optional.empty();
    }

    private static Optional<Bundle> group(List<?> list, String id) {
        var bundles = new ArrayList<Bundle>();
        for (Object item : list) {
            if (item == null) return Optional.empty();
            Optional<Bundle> bundle = of(item, id + "-" + (bundles.size() + 1));
            if (bundle.isEmpty()) return Optional.empty();
            bundles.add(bundle.get());
        }
        return bundles.isEmpty() ? Optional.empty() : Optional.of(Group.of(bundles));
    }
}
