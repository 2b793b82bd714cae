package stillpoint.picture;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The paper under an [SvgGraphics2D]: what was drawn, in order, one element for all that has the
/// same colour and pen.
///
/// A library draws a curve as hundreds of segments and markers. As long as the colour stays and
/// covers what is below, their order cannot be seen, so all segments become one path and all markers
/// another.
final class SvgSheet {
    private final String id;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, String> clips = new LinkedHashMap<>();
    private final Map<String, String> definitions = new LinkedHashMap<>();

    SvgSheet(String id) {
        this.id = id;
    }

    /// What has one colour inside one clip: paths by their pen, and texts by their size.
    private record Layer(String clip, Tint tint, Map<String, SvgPath> paths, List<Lettering.Line> texts) {}

    void fill(String clip, Tint tint, Shape shape, AffineTransform placed) {
        if (!tint.visible()) return;
        boolean even = shape.getPathIterator(null).getWindingRule() == java.awt.geom.PathIterator.WIND_EVEN_ODD;
        path(clip, tint, even ? FILL_EVEN_ODD : FILL).add(shape, placed, true);
    }

    void stroke(String clip, Tint tint, String pen, Shape shape, AffineTransform placed) {
        if (tint.visible()) path(clip, tint, pen).add(shape, placed, false);
    }

    void dot(String clip, Tint tint, double width, double x, double y) {
        if (tint.visible())
            path(clip, tint, " stroke-width=\"" + Svg.num(width) + "\" stroke-linecap=\"round\"").dot(x, y);
    }

    void text(String clip, Tint tint, Lettering.Line line) {
        if (tint.visible() && !line.text().isBlank()) layer(clip, tint).texts().add(line);
    }

    /// Something that is none of those, as markup.
    void element(String clip, Tint tint, String markup) {
        layers.add(new Layer(clip, tint, new LinkedHashMap<>(Map.of(ELEMENT + markup, new SvgPath())), List.of()));
    }

    /// The name of a clip; the same outline has the same name.
    String clip(Shape shape, AffineTransform placed) {
        var path = new SvgPath();
        path.add(shape, placed, true);
        return clips.computeIfAbsent(path.toString(), _ -> id + "-c" + (clips.size() + 1));
    }

    /// The name of a definition, a gradient for example, that stands in front of the drawing.
    ///
    /// @param markup with `%s` for its name
    String define(String markup) {
        return definitions.computeIfAbsent(markup, _ -> id + "-g" + (definitions.size() + 1));
    }

    private static final String FILL = "";
    private static final String FILL_EVEN_ODD = " fill-rule=\"evenodd\"";
    private static final String ELEMENT = "<";

    private SvgPath path(String clip, Tint tint, String pen) {
        return layer(clip, tint).paths().computeIfAbsent(pen, _ -> new SvgPath());
    }

    private Layer layer(String clip, Tint tint) {
        if (!layers.isEmpty()) {
            Layer last = layers.getLast();
            boolean same = last.clip().equals(clip) && last.tint().equals(tint) && tint.opaque();
            if (same && last.paths().keySet().stream().noneMatch(p -> p.startsWith(ELEMENT))) return last;
        }
        var layer = new Layer(clip, tint, new LinkedHashMap<>(), new ArrayList<>());
        layers.add(layer);
        return layer;
    }

    /// The markup of all that was drawn.
    String markup() {
        var out = new StringBuilder();
        if (!clips.isEmpty() || !definitions.isEmpty()) {
            out.append("<defs>");
            clips.forEach((path, name) ->
                    out.append("<clipPath id=\"").append(name).append("\"><path d=\"").append(path).append("\"/></clipPath>"));
            definitions.forEach((markup, name) -> out.append(markup.replace("%s", name)));
            out.append("</defs>\n");
        }
        String clip = "";
        for (Layer layer : layers) {
            if (!layer.clip().equals(clip)) {
                if (!clip.isEmpty()) out.append("</g>\n");
                clip = layer.clip();
                if (!clip.isEmpty()) out.append("<g clip-path=\"url(#").append(clip).append(")\">\n");
            }
            append(out, layer);
        }
        return out.append(clip.isEmpty() ? "" : "</g>\n").toString();
    }

    private static void append(StringBuilder out, Layer layer) {
        layer.paths().forEach((pen, path) -> {
            if (pen.startsWith(ELEMENT)) out.append(pen.substring(1)).append('\n');
            else if (!path.isEmpty()) append(out, layer.tint(), pen, path);
        });
        if (!layer.texts().isEmpty()) SvgTexts.append(out, layer.tint(), layer.texts());
    }

    /// The plain colour stands in a group around it, for viewers that know no variables.
    private static void append(StringBuilder out, Tint tint, String pen, SvgPath path) {
        boolean filled = pen.equals(FILL) || pen.equals(FILL_EVEN_ODD);
        String what = filled ? "fill" : "stroke";
        String more = filled ? "" : " fill=\"none\"";
        String opacity = tint.opaque() ? "" : " " + what + "-opacity=\"" + Svg.num(tint.opacity(), 2) + "\"";
        boolean ink = tint.ink().isPresent();
        if (ink) out.append("<g").append(more).append(' ').append(what).append("=\"").append(tint.plain()).append("\">");
        out.append("<path");
        if (!ink) out.append(more);
        out.append(' ').append(what).append("=\"").append(tint.paint()).append('"').append(opacity).append(pen);
        out.append(" d=\"").append(path).append("\"/>").append(ink ? "</g>\n" : "\n");
    }
}
