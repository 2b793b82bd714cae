package stillpoint.picture;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lines of text of one colour, by size and by the end they hang on.
///
/// A viewer without our typeface's model sets a text a little wider or narrower. Texts that stand
/// flush keep the edge they share, all others their middle, so that the difference is nowhere more
/// than a few units.
final class SvgTexts {
    private enum Anchor {
        START("", 0),
        MIDDLE(" text-anchor=\"middle\"", 0.5),
        END(" text-anchor=\"end\"", 1);

        private final String attribute;
        private final double share;

        Anchor(String attribute, double share) {
            this.attribute = attribute;
            this.share = share;
        }
    }

    /// Lines from the top, each from the left: the library's order is that of its hash tables.
    private static final Comparator<Lettering.Line> READING =
            Comparator.<Lettering.Line>comparingDouble(line -> Math.rint(line.y()))
                    .thenComparingDouble(Lettering.Line::x);

    private SvgTexts() {}

    static void append(StringBuilder out, Tint tint, List<Lettering.Line> texts) {
        Map<String, StringBuilder> groups = new LinkedHashMap<>();
        for (Lettering.Line line : texts.stream().sorted(READING).toList()) {
            Anchor anchor = anchor(line, texts);
            String group = " font-size=\"" + Svg.num(line.size(), 2) + "\"" + anchor.attribute;
            groups.computeIfAbsent(group, _ -> new StringBuilder()).append(text(line, anchor));
        }
        String opacity =
                tint.opaque() ? "" : " fill-opacity=\"" + Svg.num(tint.opacity(), 2) + "\"";
        groups.forEach((group, lines) ->
                out.append("<g fill=\"")
                        .append(tint.paint())
                        .append('"')
                        .append(opacity)
                        .append(group)
                        .append(">\n")
                        .append(lines)
                        .append("</g>\n"));
    }

    private static Anchor anchor(Lettering.Line line, List<Lettering.Line> all) {
        if (line.pinned()) return Anchor.START;
        if (line.turn() != 0) return Anchor.MIDDLE;
        if (flush(line, all, Anchor.START, true)) return Anchor.START;
        if (flush(line, all, Anchor.END, true)) return Anchor.END;
        if (flush(line, all, Anchor.END, false)) return Anchor.END;
        return flush(line, all, Anchor.START, false) ? Anchor.START : Anchor.MIDDLE;
    }

    /// Whether another line, of another width where that is asked for, hangs on the same edge.
    private static boolean flush(
            Lettering.Line line, List<Lettering.Line> all, Anchor anchor, boolean otherWidth) {
        for (Lettering.Line other : all) {
            if (other == line || other.turn() != 0 || Math.abs(other.y() - line.y()) < 1) continue;
            if (otherWidth && Math.abs(other.width() - line.width()) < 0.7) continue;
            double apart = other.x() - line.x() + anchor.share * (other.width() - line.width());
            if (Math.abs(apart) < 0.7) return true;
        }
        return false;
    }

    private static String text(Lettering.Line line, Anchor anchor) {
        double along = line.width() * anchor.share;
        double turn = Math.toRadians(line.turn());
        String x = Svg.num(line.x() + along * Math.cos(turn));
        String y = Svg.num(line.y() + along * Math.sin(turn));
        String turned =
                Math.abs(line.turn()) < 0.01
                        ? ""
                        : " transform=\"rotate(" + Svg.num(line.turn()) + " " + x + " " + y + ")\"";
        return "<text x=\""
                + x
                + "\" y=\""
                + y
                + "\""
                + turned
                + ">"
                + Markup.escape(line.text())
                + "</text>\n";
    }
}
