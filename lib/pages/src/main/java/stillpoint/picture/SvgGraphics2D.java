package stillpoint.picture;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pen of [java.awt] that writes SVG: what a library paints on it becomes text, paths and colours
/// that know light and dark paper.
///
/// A text stays a text where it is set in [Lettering] or given as a string. Coordinates have one
/// decimal. Ids are counted from the prefix. What SVG has no small word for is left out: other
/// composites than *source over*, XOR, copying of areas.
public final class SvgGraphics2D extends Graphics2D {
    private final SvgSheet sheet;
    private AffineTransform transform = new AffineTransform();
    private final RenderingHints hints = new RenderingHints(Map.of());
    private @Nullable Shape clip;
    private Paint paint = Color.BLACK;
    private Color background = Color.WHITE;
    private Stroke stroke = new BasicStroke();
    private Composite composite = AlphaComposite.SrcOver;
    private Font font = Lettering.font(12);

    /// A pen on new paper.
    ///
    /// @param idPrefix starts every id
    public SvgGraphics2D(String idPrefix) {
        this(new SvgSheet(Markup.id(idPrefix)));
    }

    private SvgGraphics2D(SvgSheet sheet) {
        this.sheet = sheet;
    }

    /// The markup of all that was drawn, to stand inside an `svg` element.
    public String markup() {
        return sheet.markup();
    }

    // What is drawn.

    @Override
    public void fill(Shape shape) {
        // A line has no inside: what a library means is the line, one stroke wide.
        if (shape instanceof Line2D) {
            draw(shape);
            return;
        }
        Optional<Lettering.Line> text =
                shape instanceof Path2D ? Lettering.read(shape, transform) : Optional.empty();
        if (text.isPresent()) sheet.text(clip(), tint(), text.get());
        else if (shape instanceof Ellipse2D round && round.getWidth() == round.getHeight() && scale() > 0) {
            Point2D centre = transform.transform(new Point2D.Double(round.getCenterX(), round.getCenterY()), null);
            sheet.dot(clip(), tint(), round.getWidth() * scale(), centre.getX(), centre.getY());
        } else sheet.fill(clip(), tint(), shape, transform);
    }

    @Override
    public void draw(Shape shape) {
        if (stroke instanceof BasicStroke pen) {
            if (pen.getLineWidth() > 0 || pen.getDashArray() == null)
                sheet.stroke(clip(), tint(), SvgPen.attributes(pen, Math.max(scale(), 0.01)), shape, transform);
        } else fill(stroke.createStrokedShape(shape));
    }

    @Override
    public void drawString(String text, float x, float y) {
        Point2D at = transform.transform(new Point2D.Float(x, y), null);
        double turn = Math.toDegrees(Math.atan2(transform.getShearY(), transform.getScaleX()));
        double size = font.getSize2D() * scale();
        sheet.text(
                clip(),
                tint(),
                new Lettering.Line(
                        text, at.getX(), at.getY(), turn, size, Lettering.width(text, size), true));
    }

    @Override
    public void drawString(String text, int x, int y) {
        drawString(text, (float) x, (float) y);
    }

    @Override
    public void drawString(AttributedCharacterIterator text, float x, float y) {
        var plain = new StringBuilder();
        for (char c = text.first(); c != AttributedCharacterIterator.DONE; c = text.next()) plain.append(c);
        drawString(plain.toString(), x, y);
    }

    @Override
    public void drawString(AttributedCharacterIterator text, int x, int y) {
        drawString(text, (float) x, (float) y);
    }

    @Override
    public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
        fill(glyphs.getOutline(x, y));
    }

    @Override
    public boolean drawImage(Image image, AffineTransform placed, @Nullable ImageObserver observer) {
        BufferedImage pixels = pixels(image);
        var all = new AffineTransform(transform);
        all.concatenate(placed);
        double[] m = new double[6];
        all.getMatrix(m);
        var matrix = new StringBuilder();
        for (double v : m) matrix.append(matrix.isEmpty() ? "" : " ").append(Svg.num(v, 4));
        sheet.element(
                clip(),
                tint(),
                "<image width=\"%d\" height=\"%d\" transform=\"matrix(%s)\" href=\"data:image/png;base64,%s\"/>"
                        .formatted(pixels.getWidth(), pixels.getHeight(), matrix, Pixels.png(pixels)));
        return true;
    }

    private static BufferedImage pixels(Image image) {
        if (image instanceof BufferedImage pixels) return pixels;
        var pixels = new BufferedImage(
                Math.max(1, image.getWidth(null)), Math.max(1, image.getHeight(null)), BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = pixels.createGraphics();
        g.drawImage(image, 0, 0, null);
        g.dispose();
        return pixels;
    }

    private Tint tint() {
        double opacity = composite instanceof AlphaComposite alpha ? alpha.getAlpha() : 1;
        Tint tint =
                switch (paint) {
                    case Color color -> Tint.of(color);
                    case LinearGradientPaint gradient ->
                            new Tint("url(#" + sheet.define(SvgPen.gradient(gradient, transform)) + ")", Optional.empty(), 1);
                    default -> Tint.of(Color.GRAY);
                };
        return opacity == 1 ? tint : new Tint(tint.plain(), tint.ink(), tint.opacity() * opacity);
    }

    private String clip() {
        return clip == null ? "" : sheet.clip(clip, new AffineTransform());
    }

    private double scale() {
        return Math.sqrt(Math.abs(transform.getDeterminant()));
    }

    // State.

    @Override
    public Graphics create() {
        var copy = new SvgGraphics2D(sheet);
        copy.transform = new AffineTransform(transform);
        copy.hints.putAll(hints);
        copy.clip = clip;
        copy.paint = paint;
        copy.background = background;
        copy.stroke = stroke;
        copy.composite = composite;
        copy.font = font;
        return copy;
    }

    @Override
    public void dispose() {}

    @Override
    public void setPaint(@Nullable Paint paint) {
        if (paint != null) this.paint = paint;
    }

    @Override
    public Paint getPaint() {
        return paint;
    }

    @Override
    public void setColor(@Nullable Color color) {
        setPaint(color);
    }

    @Override
    public Color getColor() {
        return paint instanceof Color color ? color : Color.GRAY;
    }

    @Override
    public void setBackground(Color color) {
        background = color;
    }

    @Override
    public Color getBackground() {
        return background;
    }

    @Override
    public void setStroke(Stroke stroke) {
        this.stroke = stroke;
    }

    @Override
    public Stroke getStroke() {
        return stroke;
    }

    @Override
    public void setComposite(Composite composite) {
        this.composite = composite;
    }

    @Override
    public Composite getComposite() {
        return composite;
    }

    @Override
    public void setPaintMode() {
        composite = AlphaComposite.SrcOver;
    }

    @Override
    public void setXORMode(Color color) {}

    @Override
    public void setFont(@Nullable Font font) {
        if (font != null) this.font = font;
    }

    @Override
    public Font getFont() {
        return font;
    }

    @Override
    public FontMetrics getFontMetrics(Font font) {
        return new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics().getFontMetrics(font);
    }

    /// Letters as wide as they are, wherever on the pixel grid they fall.
    @Override
    public FontRenderContext getFontRenderContext() {
        return new FontRenderContext(null, true, true);
    }

    @Override
    public GraphicsConfiguration getDeviceConfiguration() {
        throw new UnsupportedOperationException("a drawing has no device: ask for no compatible image, use BufferedImage");
    }

    @Override
    public void setRenderingHint(RenderingHints.Key key, @Nullable Object value) {
        if (value == null) hints.remove(key);
        else hints.put(key, value);
    }

    @Override
    public @Nullable Object getRenderingHint(RenderingHints.Key key) {
        return hints.get(key);
    }

    @Override
    public void setRenderingHints(Map<?, ?> values) {
        hints.clear();
        hints.putAll(values);
    }

    @Override
    public void addRenderingHints(Map<?, ?> values) {
        hints.putAll(values);
    }

    @Override
    public RenderingHints getRenderingHints() {
        return (RenderingHints) hints.clone();
    }

    // Where it is drawn.

    @Override
    public void translate(int x, int y) {
        transform.translate(x, y);
    }

    @Override
    public void translate(double x, double y) {
        transform.translate(x, y);
    }

    @Override
    public void rotate(double theta) {
        transform.rotate(theta);
    }

    @Override
    public void rotate(double theta, double x, double y) {
        transform.rotate(theta, x, y);
    }

    @Override
    public void scale(double x, double y) {
        transform.scale(x, y);
    }

    @Override
    public void shear(double x, double y) {
        transform.shear(x, y);
    }

    @Override
    public void transform(AffineTransform more) {
        transform.concatenate(more);
    }

    @Override
    public void setTransform(AffineTransform transform) {
        this.transform = new AffineTransform(transform);
    }

    @Override
    public AffineTransform getTransform() {
        return new AffineTransform(transform);
    }

    @Override
    public void clip(@Nullable Shape shape) {
        if (shape == null) return;
        Shape more = transform.createTransformedShape(shape);
        if (clip == null) {
            clip = more;
            return;
        }
        var both = new Area(clip);
        both.intersect(new Area(more));
        clip = both;
    }

    @Override
    public void setClip(@Nullable Shape shape) {
        clip = shape == null ? null : transform.createTransformedShape(shape);
    }

    @Override
    public void setClip(int x, int y, int width, int height) {
        setClip(new Rectangle(x, y, width, height));
    }

    @Override
    public void clipRect(int x, int y, int width, int height) {
        clip(new Rectangle(x, y, width, height));
    }

    @Override
    public @Nullable Shape getClip() {
        if (clip == null) return null;
        try {
            Shape here = transform.createInverse().createTransformedShape(clip);
            Rectangle2D bounds = here.getBounds2D();
            return here.contains(bounds) ? bounds : here;
        } catch (NoninvertibleTransformException _) {
            return new Rectangle();
        }
    }

    @Override
    public @Nullable Rectangle getClipBounds() {
        Shape here = getClip();
        return here == null ? null : here.getBounds();
    }

    @Override
    public boolean hit(Rectangle device, Shape shape, boolean onStroke) {
        Shape area = onStroke ? stroke.createStrokedShape(shape) : shape;
        return transform.createTransformedShape(area).intersects(device);
    }

    // The older calls, in terms of the shapes they name.

    @Override
    public void drawLine(int x1, int y1, int x2, int y2) {
        draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void fillRect(int x, int y, int width, int height) {
        fill(new Rectangle(x, y, width, height));
    }

    @Override
    public void clearRect(int x, int y, int width, int height) {
        Paint before = paint;
        paint = background;
        fillRect(x, y, width, height);
        paint = before;
    }

    @Override
    public void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
        draw(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
    }

    @Override
    public void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
        fill(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
    }

    @Override
    public void drawOval(int x, int y, int width, int height) {
        draw(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public void fillOval(int x, int y, int width, int height) {
        fill(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public void drawArc(int x, int y, int width, int height, int start, int angle) {
        draw(new Arc2D.Double(x, y, width, height, start, angle, Arc2D.OPEN));
    }

    @Override
    public void fillArc(int x, int y, int width, int height, int start, int angle) {
        fill(new Arc2D.Double(x, y, width, height, start, angle, Arc2D.PIE));
    }

    @Override
    public void drawPolyline(int[] x, int[] y, int points) {
        if (points == 0) return;
        var path = new Path2D.Double();
        path.moveTo(x[0], y[0]);
        for (int i = 1; i < points; i++) path.lineTo(x[i], y[i]);
        draw(path);
    }

    @Override
    public void drawPolygon(int[] x, int[] y, int points) {
        draw(new Polygon(x, y, points));
    }

    @Override
    public void fillPolygon(int[] x, int[] y, int points) {
        fill(new Polygon(x, y, points));
    }

    @Override
    public void copyArea(int x, int y, int width, int height, int dx, int dy) {}

    @Override
    public void drawImage(BufferedImage image, @Nullable BufferedImageOp op, int x, int y) {
        BufferedImage result = op == null || op instanceof AffineTransformOp ? image : op.filter(image, null);
        drawImage(result, x, y, null);
    }

    @Override
    public boolean drawImage(Image image, int x, int y, @Nullable ImageObserver observer) {
        return drawImage(image, AffineTransform.getTranslateInstance(x, y), observer);
    }

    @Override
    public boolean drawImage(Image image, int x, int y, int width, int height, @Nullable ImageObserver observer) {
        var placed = AffineTransform.getTranslateInstance(x, y);
        placed.scale(
                width / (double) Math.max(1, image.getWidth(null)), height / (double) Math.max(1, image.getHeight(null)));
        return drawImage(image, placed, observer);
    }

    @Override
    public boolean drawImage(Image image, int x, int y, Color ground, @Nullable ImageObserver observer) {
        return drawImage(image, x, y, observer);
    }

    @Override
    public boolean drawImage(
            Image image, int x, int y, int width, int height, Color ground, @Nullable ImageObserver observer) {
        return drawImage(image, x, y, width, height, observer);
    }

    @Override
    public boolean drawImage(
            Image image,
            int dx1,
            int dy1,
            int dx2,
            int dy2,
            int sx1,
            int sy1,
            int sx2,
            int sy2,
            @Nullable ImageObserver observer) {
        BufferedImage part =
                pixels(image).getSubimage(Math.min(sx1, sx2), Math.min(sy1, sy2), Math.abs(sx2 - sx1), Math.abs(sy2 - sy1));
        return drawImage(part, dx1, dy1, dx2 - dx1, dy2 - dy1, observer);
    }

    @Override
    public boolean drawImage(
            Image image,
            int dx1,
            int dy1,
            int dx2,
            int dy2,
            int sx1,
            int sy1,
            int sx2,
            int sy2,
            Color ground,
            @Nullable ImageObserver observer) {
        return drawImage(image, dx1, dy1, dx2, dy2, sx1, sy1, sx2, sy2, observer);
    }

    @Override
    public void drawRenderedImage(RenderedImage image, AffineTransform placed) {
        if (image instanceof BufferedImage pixels) drawImage(pixels, placed, null);
    }

    @Override
    public void drawRenderableImage(RenderableImage image, AffineTransform placed) {
        drawRenderedImage(image.createDefaultRendering(), placed);
    }
}
