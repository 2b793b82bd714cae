package stillpoint.picture;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;

/// Path data with one decimal: a line goes on where the last one ended, and level and upright lines
/// name one coordinate.
///
/// Points closer than a tenth of a unit to the one before are left out.
final class SvgPath {
    private final StringBuilder out = new StringBuilder();
    private double x = Double.NaN;
    private double y = Double.NaN;
    private double startX;
    private double startY;
    private boolean implicit;

    /// Adds a shape; when it starts where the last one ended it is the same line.
    void add(Shape shape, AffineTransform placed, boolean filled) {
        double[] at = new double[6];
        boolean closed = true;
        for (PathIterator i = shape.getPathIterator(placed); !i.isDone(); i.next()) {
            switch (i.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> {
                    move(at[0], at[1], filled);
                    closed = false;
                }
                case PathIterator.SEG_LINETO -> line(at[0], at[1]);
                case PathIterator.SEG_QUADTO -> curve('Q', at, 2);
                case PathIterator.SEG_CUBICTO -> curve('C', at, 3);
                default -> {
                    out.append('z');
                    x = Double.NaN;
                    implicit = false;
                    closed = true;
                }
            }
        }
        if (filled && !closed) x = Double.NaN;
    }

    /// A point that a round pen leaves.
    void dot(double atX, double atY) {
        move(atX, atY, true);
        out.append("h0");
        x = Double.NaN;
    }

    private void move(double toX, double toY, boolean always) {
        double roundX = round(toX);
        double roundY = round(toY);
        if (!always && roundX == x && roundY == y) return;
        x = startX = roundX;
        y = startY = roundY;
        out.append('M').append(pair(x, y));
        implicit = true;
    }

    private void line(double toX, double toY) {
        if (Double.isNaN(x)) move(startX, startY, true);
        double roundX = round(toX);
        double roundY = round(toY);
        if (roundX == x && roundY == y) return;
        if (roundY == y) {
            out.append('H').append(Svg.num(roundX));
            implicit = false;
        } else if (roundX == x) {
            out.append('V').append(Svg.num(roundY));
            implicit = false;
        } else {
            String to = pair(roundX, roundY);
            if (!implicit) out.append('L');
            else if (!to.startsWith("-")) out.append(' ');
            out.append(to);
            implicit = true;
        }
        x = roundX;
        y = roundY;
    }

    private void curve(char kind, double[] at, int points) {
        out.append(kind);
        for (int i = 0; i < points; i++) {
            String pair = pair(round(at[2 * i]), round(at[2 * i + 1]));
            out.append(i == 0 || pair.startsWith("-") ? "" : " ").append(pair);
        }
        x = round(at[2 * points - 2]);
        y = round(at[2 * points - 1]);
        implicit = false;
    }

    private static String pair(double x, double y) {
        String second = Svg.num(y);
        return Svg.num(x) + (second.startsWith("-") ? "" : " ") + second;
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
