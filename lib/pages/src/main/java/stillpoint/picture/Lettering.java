package stillpoint.picture;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The typeface that charts are laid out in: its letters are boxes that can be read back.
///
/// A chart library asks for the outlines of a text and fills them, so that a drawing gets curves
/// where a reader, a search and a screen reader need words; and it measures with whatever fonts the
/// machine has, so that every machine draws another chart. Both end with a typeface of our own. Each
/// letter is a box as wide as Arial's letter, and which letter it is stands in the kinds of its
/// lower edge's segments: straight for 0, curved (though level) for 1. Kinds survive scaling,
/// turning and moving.
final class Lettering {
    private static final String FAMILY = "Stillpoint Lettering";
    private static final int BITS = 10;

    /// Widths are in thousandths of the size, as in every table of Arial's and Helvetica's.
    static final int EM = 1000;

    /// The height of a capital letter and of a digit.
    private static final int CAP = 716;

    /// The first letter of each range and one past the last: Latin, Greek, and the signs of
    /// typography, indices, arrows and mathematics.
    private static final int[][] RANGES = {
        {0x20, 0x180}, {0x391, 0x3ca}, {0x2010, 0x2028}, {0x2070, 0x209d}, {0x2190, 0x2195}, {0x2200, 0x2266}
    };

    private static final int[] ASCII = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584
    };

    private static final Font FONT = load();

    private Lettering() {}

    /// A line of text as it was drawn.
    ///
    /// @param x the start of its baseline
    /// @param y the start of its baseline
    /// @param turn where the baseline leads, in degrees
    /// @param pinned whether it was put there by its start, not fitted in by its width
    record Line(
            String text, double x, double y, double turn, double size, double width, boolean pinned) {}

    /// The typeface in a size.
    static Font font(float size) {
        return FONT.deriveFont(size);
    }

    static boolean is(Font font) {
        return font.getFamily(java.util.Locale.ROOT).equals(FAMILY);
    }

    /// The width of a line of `text`.
    static double width(String text, double size) {
        return text.codePoints().map(Lettering::advance).sum() * size / EM;
    }

    /// The text whose outlines these are; empty when they are of something else.
    ///
    /// @param turned how the shape is placed on the sheet
    static Optional<Line> read(Shape shape, AffineTransform turned) {
        var letters = new ArrayList<Letter>();
        double[] at = new double[6];
        Letter open = null;
        for (PathIterator i = shape.getPathIterator(turned); !i.isDone(); i.next()) {
            int kind = i.currentSegment(at);
            switch (kind) {
                case PathIterator.SEG_MOVETO -> letters.add(open = new Letter(at[0], at[1]));
                case PathIterator.SEG_LINETO -> {
                    if (open == null) return Optional.empty();
                    open.add(0, at[0], at[1]);
                }
                case PathIterator.SEG_QUADTO -> {
                    if (open == null) return Optional.empty();
                    open.add(1, at[2], at[3]);
                }
                case PathIterator.SEG_CUBICTO -> {
                    return Optional.empty();
                }
                default -> {}
            }
        }
        if (letters.isEmpty() || letters.stream().anyMatch(l -> !l.isLetter())) return Optional.empty();
        var text = new StringBuilder();
        for (Letter letter : letters) text.appendCodePoint(codePoint(letter.glyph()));
        Letter first = letters.getFirst();
        double size = Math.round(first.height() * EM / CAP * 4) / 4.0;
        return Optional.of(
                new Line(
                        text.toString(),
                        first.corners.getFirst().getX(),
                        first.corners.getFirst().getY(),
                        first.turn(),
                        size,
                        width(text.toString(), size),
                        false));
    }

    /// One box on its way back to a letter.
    private static final class Letter {
        private final List<Point2D> corners = new ArrayList<>();
        private int glyph;

        Letter(double x, double y) {
            corners.add(new Point2D.Double(x, y));
        }

        void add(int bit, double x, double y) {
            if (corners.size() <= BITS) glyph = glyph << 1 | bit;
            corners.add(new Point2D.Double(x, y));
        }

        boolean isLetter() {
            return corners.size() >= BITS + 3 && corners.size() <= BITS + 4 && glyph <= glyphs();
        }

        int glyph() {
            return glyph;
        }

        double height() {
            return corners.get(BITS).distance(corners.get(BITS + 1));
        }

        double turn() {
            Point2D from = corners.getFirst();
            Point2D to = corners.get(BITS);
            return Math.toDegrees(Math.atan2(to.getY() - from.getY(), to.getX() - from.getX()));
        }
    }

    private static int glyphs() {
        int n = 0;
        for (int[] range : RANGES) n += range[1] - range[0];
        return n;
    }

    /// Glyph 0 stands for all letters that there is no box for.
    private static int codePoint(int glyph) {
        int first = 1;
        for (int[] range : RANGES) {
            int size = range[1] - range[0];
            if (glyph >= first && glyph < first + size) return range[0] + glyph - first;
            first += size;
        }
        return '?';
    }

    private static int advance(int codePoint) {
        if (codePoint >= 0x20 && codePoint < 0x7f) return ASCII[codePoint - 0x20];
        if (codePoint >= 0xc0 && codePoint < 0xe0) return 700;
        if (codePoint >= 0x2190 || codePoint == 0x2014 || codePoint == 0x2026) return 1000;
        return codePoint >= 0x2070 && codePoint < 0x20a0 ? 333 : 556;
    }

    private static Font load() {
        try {
            return Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(file()));
        } catch (FontFormatException e) {
            throw new IllegalStateException("the typeface of charts is not read by this JDK: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] file() {
        var file = new FontFile(FAMILY, EM, CAP);
        file.glyph(EM / 2, bottom(0, EM / 2));
        for (int[] range : RANGES) {
            file.range(range[0], range[1]);
            for (int c = range[0]; c < range[1]; c++) file.glyph(advance(c), bottom(file.glyphs(), advance(c)));
        }
        return file.bytes();
    }

    /// The points of a lower edge, each `{x, 1 when the outline passes through it}`.
    private static int[][] bottom(int glyph, int width) {
        var points = new ArrayList<int[]>();
        points.add(new int[] {0, 1});
        for (int bit = 0; bit < BITS; bit++) {
            if ((glyph >> BITS - 1 - bit & 1) == 1)
                points.add(new int[] {(2 * bit + 1) * width / (2 * BITS), 0});
            points.add(new int[] {(bit + 1) * width / BITS, 1});
        }
        return points.toArray(int[][]::new);
    }
}
