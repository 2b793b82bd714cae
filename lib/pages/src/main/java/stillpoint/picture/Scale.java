package stillpoint.picture;

import java.util.stream.DoubleStream;

/// Where a value stands on an axis, and what the axis says there.
///
/// Logarithmic axes are ours, not the chart library's: it draws a line for each of the nine steps of
/// a decade, and knows no powers of two, which is what numbers of CPUs are.
///
/// @param low the exponent at the axis' start; 0 on a linear axis
/// @param high the exponent at its end; 0 on a linear axis
record Scale(Kind kind, int low, int high) {
    enum Kind {
        LINEAR,
        DECADES,
        OCTAVES
    }

    static final Scale LINEAR = new Scale(Kind.LINEAR, 0, 0);

    /// The scale for values, of which there is at least one; above 0 on a logarithmic axis.
    static Scale of(boolean logarithmic, double... values) {
        if (!logarithmic) return LINEAR;
        boolean octaves =
                DoubleStream.of(values).allMatch(v -> v >= 1 && v < 0x1p52 && v == (long) v && Long.bitCount((long) v) == 1);
        Kind kind = octaves ? Kind.OCTAVES : Kind.DECADES;
        double least = DoubleStream.of(values).min().orElse(1);
        double most = DoubleStream.of(values).max().orElse(10);
        int low = (int) Math.floor(log(kind, least) + 1e-9);
        return new Scale(kind, low, Math.max(low + 1, (int) Math.ceil(log(kind, most) - 1e-9)));
    }

    private static double log(Kind kind, double value) {
        return switch (kind) {
            case LINEAR -> value;
            case DECADES -> Math.log10(value);
            case OCTAVES -> Math.log(value) / Math.log(2);
        };
    }

    /// A value's place: itself on a linear axis, else the steps from the start.
    double place(double value) {
        return log(kind, value) - low;
    }

    /// What stands at a place; nothing between two steps.
    String label(double place) {
        double step = Math.rint(place);
        if (kind != Kind.LINEAR && Math.abs(place - step) > 1e-6) return " ";
        return switch (kind) {
            case LINEAR -> Figures.of(Math.abs(place) < 1e-12 ? 0 : place);
            case DECADES -> Figures.of(Double.parseDouble("1e" + (low + (int) step)));
            case OCTAVES -> Long.toString(1L << low + (int) step);
        };
    }

    boolean logarithmic() {
        return kind != Kind.LINEAR;
    }

    int steps() {
        return high - low;
    }
}
