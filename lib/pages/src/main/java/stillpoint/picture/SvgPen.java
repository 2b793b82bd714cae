package stillpoint.picture;

import java.awt.BasicStroke;
import java.awt.LinearGradientPaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;

/// Strokes and gradients in the words of SVG; what is SVG's default is not said.
final class SvgPen {
    private SvgPen() {}

    /// The attributes of a pen, each with a blank before it.
    static String attributes(BasicStroke pen, double scale) {
        var out = new StringBuilder();
        double width = pen.getLineWidth() * scale;
        if (width != 1) out.append(" stroke-width=\"").append(Svg.num(width, 2)).append('"');
        switch (pen.getEndCap()) {
            case BasicStroke.CAP_ROUND -> out.append(" stroke-linecap=\"round\"");
            case BasicStroke.CAP_SQUARE -> out.append(" stroke-linecap=\"square\"");
            default -> {}
        }
        switch (pen.getLineJoin()) {
            case BasicStroke.JOIN_ROUND -> out.append(" stroke-linejoin=\"round\"");
            case BasicStroke.JOIN_BEVEL -> out.append(" stroke-linejoin=\"bevel\"");
            default -> {}
        }
        float[] dashes = pen.getDashArray();
        if (dashes != null) {
            var list = new StringBuilder();
            for (float dash : dashes) list.append(list.isEmpty() ? "" : " ").append(Svg.num(dash * scale));
            out.append(" stroke-dasharray=\"").append(list).append('"');
            if (pen.getDashPhase() != 0)
                out.append(" stroke-dashoffset=\"").append(Svg.num(pen.getDashPhase() * scale)).append('"');
        }
        return out.toString();
    }

    /// A gradient's markup, with `%s` for its id.
    static String gradient(LinearGradientPaint paint, AffineTransform transform) {
        var placed = new AffineTransform(transform);
        placed.concatenate(paint.getTransform());
        Point2D from = placed.transform(paint.getStartPoint(), null);
        Point2D to = placed.transform(paint.getEndPoint(), null);
        var out =
                new StringBuilder("<linearGradient id=\"%s\" gradientUnits=\"userSpaceOnUse\" x1=\"")
                        .append(Svg.num(from.getX())).append("\" y1=\"").append(Svg.num(from.getY()))
                        .append("\" x2=\"").append(Svg.num(to.getX())).append("\" y2=\"").append(Svg.num(to.getY()))
                        .append("\">");
        float[] fractions = paint.getFractions();
        for (int i = 0; i < fractions.length; i++)
            out.append("<stop offset=\"").append(Svg.num(fractions[i], 2)).append("\" stop-color=\"")
                    .append(Tint.of(paint.getColors()[i]).paint()).append("\"/>");
        return out.append("</linearGradient>").toString();
    }
}
