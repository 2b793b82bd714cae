package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import org.junit.jupiter.api.Test;

/// The pen that writes SVG.
class SvgGraphics2DTest {
    private final SvgGraphics2D g = new SvgGraphics2D("cell");

    private Drawing drawing() {
        return Drawing.of(g);
    }

    private void outline(String text, AffineTransform turn) {
        g.fill(new TextLayout(text, Lettering.font(11), g.getFontRenderContext()).getOutline(turn));
    }

    @Test
    void theOutlineOfATextIsWrittenAsText() {
        g.translate(10, 20);
        outline("latency <us> & more", new AffineTransform());
        assertThat(drawing().words()).containsExactly("latency <us> & more");
        assertThat(drawing().all("path")).isEmpty();
    }

    @Test
    void aTurnedTextIsATextThatIsTurned() {
        g.translate(10, 200);
        outline("latency", AffineTransform.getRotateInstance(-Math.PI / 2));
        assertThat(drawing().values("text", "transform")).singleElement().asString().startsWith("rotate(-90 10 ");
    }

    @Test
    void aTextInAnyOtherFontIsDrawnByItsString() {
        g.setFont(new Font(Font.SERIF, Font.PLAIN, 13));
        g.drawString("plain", 4, 5);
        assertThat(drawing().words()).containsExactly("plain");
        assertThat(drawing().values("g", "font-size")).containsExactly("13");
    }

    @Test
    void textsThatEndAtTheSamePlaceKeepThatPlace() {
        for (String label : new String[] {"10", "1,000"}) {
            g.setTransform(AffineTransform.getTranslateInstance(50 - Lettering.width(label, 11), label.length() * 20));
            outline(label, new AffineTransform());
        }
        assertThat(drawing().values("g", "text-anchor")).containsExactly("end");
        assertThat(drawing().values("text", "x")).containsExactly("50", "50");
    }

    @Test
    void anInkIsNamedWithItsPlainColourAround() {
        g.setColor(Tint.color(Ink.S2));
        g.draw(new Line2D.Double(0, 0, 5, 5));
        assertThat(drawing().values("path", "stroke")).containsExactly(Ink.S2.paint());
        assertThat(drawing().values("g", "stroke")).containsExactly(Ink.S2.light());
    }

    @Test
    void theGreysOfALibraryFollowThePaper() {
        assertThat(Tint.of(Color.WHITE).paint()).isEqualTo(Ink.PAPER.paint());
        assertThat(Tint.of(Color.BLACK).paint()).isEqualTo(Ink.INK.paint());
        assertThat(Tint.of(new Color(210, 210, 210)).paint()).isEqualTo(Ink.LINE.paint());
    }

    @Test
    void aColourThatSomebodyChoseStays() {
        g.setColor(new Color(0x12, 0x34, 0xab));
        g.fill(new Rectangle(1, 2, 3, 4));
        assertThat(drawing().values("path", "fill")).containsExactly("#1234ab");
    }

    @Test
    void whatCannotBeSeenIsNotWritten() {
        g.setColor(new Color(255, 0, 0, 0));
        g.fill(new Rectangle(1, 2, 3, 4));
        assertThat(g.markup()).isEmpty();
    }

    @Test
    void halfACoverIsAnOpacity() {
        g.setColor(new Color(0x12, 0x34, 0xab, 128));
        g.fill(new Rectangle(1, 2, 3, 4));
        assertThat(drawing().values("path", "fill-opacity")).containsExactly("0.5");
    }

    @Test
    void theSegmentsOfACurveAreOnePathAndItsMarkersAnother() {
        g.setColor(Tint.color(Ink.S1));
        for (int i = 0; i < 3; i++) {
            g.draw(new Line2D.Double(10 * i, i, 10 * i + 10, i + 1));
            g.fill(new Ellipse2D.Double(10 * i - 3, i - 3, 6, 6));
        }
        assertThat(drawing().values("path", "d")).containsExactly("M0 0 10 1 20 2 30 3", "M0 0h0M10 1h0M20 2h0");
    }

    @Test
    void aDashedStrokeKeepsItsDashesAndItsWidth() {
        g.setStroke(new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {3, 4}, 1));
        g.draw(new Line2D.Double(0, 0, 9, 0));
        assertThat(g.markup()).contains("stroke-width=\"2.5\" stroke-linejoin=\"round\" stroke-dasharray=\"3 4\" stroke-dashoffset=\"1\"");
    }

    @Test
    void aClipIsNamedAfterTheCellAndWrittenOnce() {
        for (int i = 0; i < 2; i++) {
            g.setClip(0, 0, 50, 60);
            g.fillRect(i, i, 5, 5);
            g.setClip(null);
            g.fillRect(i, i, 1, 1);
        }
        assertThat(drawing().ids()).containsExactly("cell-c1");
        assertThat(drawing().values("g", "clip-path")).containsExactly("url(#cell-c1)", "url(#cell-c1)");
    }

    @Test
    void aClipMovesWithThePaperAndNarrows() {
        g.translate(100, 0);
        g.clipRect(0, 0, 50, 50);
        g.clipRect(20, 0, 50, 50);
        assertThat(g.getClipBounds()).isEqualTo(new Rectangle(20, 0, 30, 50));
        g.translate(10, 10);
        assertThat(g.getClipBounds()).isEqualTo(new Rectangle(10, -10, 30, 50));
    }

    @Test
    void coordinatesHaveOneDecimalInThePlaceOfTheTransform() {
        g.translate(0.123, 0.456);
        g.scale(2, 2);
        var path = new Path2D.Double();
        path.moveTo(1.111, 2.222);
        path.curveTo(3.333, 4.444, 5.555, 6.666, -7.777, 8.888);
        g.draw(path);
        assertThat(drawing().values("path", "d")).containsExactly("M2.3 4.9C6.8 9.3 11.2 13.8-15.4 18.2");
        assertThat(g.markup()).contains("stroke-width=\"2\"");
    }

    @Test
    void aPenOfItsOwnWritesOnTheSamePaper() {
        var copy = (SvgGraphics2D) g.create();
        copy.translate(5, 5);
        copy.fillRect(0, 0, 1, 1);
        g.fillRect(0, 0, 1, 1);
        assertThat(drawing().values("path", "d")).containsExactly("M5 5H6V6H5V5zM0 0H1V1H0V0z");
    }
}
