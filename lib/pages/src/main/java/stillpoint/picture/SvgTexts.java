package stillpoint.picture;

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

    private SvgTexts() {}

    static void append(StringBuilder out, Tint tint, List<Lettering.Line> texts) {
        Map<String, StringBuilder> groups = new LinkedHashMap<>();
        for (Lettering.Line line : texts) {
            Anchor anchor = anchor(line, texts);
            String group = " font-size=\"" + Svg.num(line.size(), 2) + "\"" + anchor.attribute;
            groups.computeIfAbsent(group, _ -> new StringBuilder()).append(text(line, anchor));
        }
        String opacity = tint.opaque() ? "" : " fill-opacity=\"" + Svg.num(tint.opacity(), 2) + "\"";
        groups.forEach((group, lines) ->
                out.append("<g fill=\"").append(tint.paint()).append('"').append(opacity).append(group).append(">\n")
                        .append(lines).append("</g>\n"));
    }

    private static Anchor anchor(Lettering.Line line, List<Lettering.Line> all) {
        if (line.pinned()) return Anchor.START;
        if (line.turn() != 0) return Anchor.MIDDLE;
        boolean left = false;
        boolean right = false;
        for (Lettering.Line other : all) {
            if (other == line || other.turn() != 0 || Math.abs(other.y() - line.y()) < 1) continue;
            left |= Math.abs(other.x() - line.x()) < 0.7;
            right |= Math.abs(other.x() + other.width() - line.x() - line.width()) < 0.7;
        }
        return left ? Anchor.START : right ? Anchor.END : Anchor.MIDDLE;
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
        return "<text x=\"" + x + "\" y=\"" + y + "\"" + turned + ">" + Markup.escape(line.text()) + "</text>\n";
    }
}
