package stillpoint.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import stillpoint.evidence.Table;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;

/// The one switch from a value to its pictures.
public final class Pictures {
    private Pictures() {}

    /// The pictures of a value, or nothing when it is of a kind that has none.
    ///
    /// @param value a verdict, trace, table, plot or sentence; a Tablesaw table, an XChart chart, a
    ///   buffered image; a bundle; or a list of those
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
            case Trace trace ->
                    Optional.of(
                            Bundle.of(
                                    Bundle.PLAIN,
                                    TraceText.text(trace),
                                    Bundle.SVG,
                                    TraceSvg.of(trace, id)));
            case Table table -> Optional.of(TablePicture.of(table));
            case BufferedImage image -> Optional.of(image(image));
            case List<?> list -> group(list, id);
            default -> Optional.empty();
        };
    }

    private static Optional<Bundle> group(List<?> list, String id) {
        var bundles = new ArrayList<Bundle>();
        for (Object item : list) {
            if (item == null) return Optional.empty();
            Optional<Bundle> bundle = of(item, id + "-" + (bundles.size() + 1));
            if (bundle.isEmpty()) return Optional.empty();
            bundles.add(bundle.get());
        }
        return bundles.isEmpty() ? Optional.empty() : Optional.of(bundles.getFirst());
    }

    private static Bundle image(BufferedImage image) {
        return Bundle.of(
                Bundle.PLAIN,
                "image, " + image.getWidth() + " x " + image.getHeight() + " pixels",
                Bundle.PNG,
                png(image));
    }

    static String png(BufferedImage image) {
        try {
            var bytes = new ByteArrayOutputStream();
            if (!ImageIO.write(image, "png", bytes))
                throw new IllegalArgumentException(
                        "image type "
                                + image.getType()
                                + ": PNG needs RGB, ARGB or grey; copy it into one of them");
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
