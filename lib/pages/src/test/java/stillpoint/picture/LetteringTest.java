package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The typeface whose letters can be read back.
class LetteringTest {
    private static Shape outline(String text, double size, AffineTransform turn) {
        return new TextLayout(text, Lettering.font((float) size), new FontRenderContext(null, true, true)).getOutline(turn);
    }

    private static Lettering.Line read(Shape shape) {
        return Lettering.read(shape, new AffineTransform()).orElseThrow();
    }

    @Test
    void everyLetterIsReadBack() {
        var all = new StringBuilder();
        for (int[] range : new int[][] {{0x21, 0x7f}, {0xa1, 0x180}, {0x391, 0x3a2}, {0x3b1, 0x3ca}, {0x2070, 0x209d}, {0x2190, 0x2195}, {0x2200, 0x2266}})
            for (int c = range[0]; c < range[1]; c++) all.append((char) c);
        for (String letter : all.toString().split(""))
            if (Character.isDefined(letter.charAt(0)) && letter.charAt(0) != 0xad)
                assertThat(read(outline("|" + letter, 12, null)).text()).isEqualTo("|" + letter);
    }

    @ParameterizedTest
    @ValueSource(doubles = {8, 10, 11, 12, 14, 16.5, 24})
    void aTextIsReadBackInItsSizeWhereverItLeads(double size) {
        for (int turn = -180; turn < 180; turn += 45) {
            var line = read(outline("swapoff latency, 10\u207b\u00b3 s", size, AffineTransform.getRotateInstance(Math.toRadians(turn))));
            assertThat(line.text()).isEqualTo("swapoff latency, 10\u207b\u00b3 s");
            assertThat(line.size()).isEqualTo(size);
            assertThat(Math.cos(Math.toRadians(line.turn() - turn))).isGreaterThan(0.9999);
        }
    }

    @Test
    void aLetterIsAsWideAsArials() {
        // Seven letters of 722, 500, 667, 722, 667 thousandths and so on, from Arial's table of widths.
        assertThat(Lettering.width("RUSKA", 1000)).isEqualTo(722 + 722 + 667 + 667 + 667);
        assertThat(outline("RUSKA", 100, null).getBounds2D().getWidth()).isCloseTo(344.5, org.assertj.core.data.Offset.offset(0.1));
    }

    @Test
    void aLetterThatTheTypefaceLacksIsAQuestionMark() {
        assertThat(read(outline("a\u6f22b", 12, null)).text()).isEqualTo("a?b");
    }

    @Test
    void otherOutlinesAreNotText() {
        assertThat(Lettering.read(new Rectangle(1, 2, 3, 4), new AffineTransform())).isEmpty();
        assertThat(Lettering.read(new Ellipse2D.Double(1, 2, 3, 4), new AffineTransform())).isEmpty();
        assertThat(Lettering.read(new java.awt.geom.Path2D.Double(), new AffineTransform())).isEmpty();
    }
}
