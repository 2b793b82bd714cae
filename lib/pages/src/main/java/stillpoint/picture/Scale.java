package stillpoint.picture;

import java.util.stream.DoubleStream;

/// Where a value stands on an axis, and what the axis says there.
///
/// Logarithmic axes are ours, not the chart library's: it draws a line for each of the nine steps
/// of a decade, and knows no powers of two, which is what numbers of CPUs are.
///
/// @param low the exponent at the axis' start; 0 on a linear axis
/// @param high the exponent at its end; 0 on a linear axis
record Scale(Kind kind, int low, int high) {
    enum Kind {
        LINEAR,
        DECADES,
        OCTAVES
    }

    /// With more powers of two than that their names would stand too close.
    private static final double MOST_OCTAVES = 0x1p14;

    static final Scale LINEAR = new Scale(Kind.LINEAR, 0, 0);

    /// The scale for values, of which there is at least one; above 0 on a logarithmic axis.
    static Scale of(boolean logarithmic, double... values) {
        if (!logarithmic) return LINEAR;
        boolean octaves =
                DoubleStream.of(values)
                        .allMatch(v ->
                                v >= 1
                                        && v < 0x1p52
                                        && v == (long) v
                                        && Long.bitCount((long) v) == 1);
        double least = DoubleStream.of(values).min().orElse(1);
        double most = DoubleStream.of(values).max().orElse(10);
        Kind kind = octaves && most / least <= MOST_OCTAVES ? Kind.OCTAVES : Kind.DECADES;
        int low = (int) Math.floor(log(kind, least) + 1e-9);
        return new Scale(kind, low, Math.max(low + 1, (int) Math.ceil(log(kind, most) - 1e-9)));
    }

    /// The same with a step more at its start, so that the least value has a bar too.
    Scale below() {
        return logarithmic() ? new Scale(kind, low - 1, high) : this;
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

    /// The same; the start of a logarithmic axis for what lies at or below it.
    double placeOrStart(double value) {
        if (!logarithmic()) return place(value);
        return value <= 0 ? 0 : Math.max(0, place(value));
    }

    /// What stands at a place; nothing between two steps.
    String label(double place) {
        double step = Math.rint(place);
        if (kind != Kind.LINEAR && Math.abs(place - step) > 1e-6) return " ";
        return switch (kind) {
            case LINEAR -> Figures.of(Math.abs(place) < 1e-12 ? 0 : place);
            case DECADES -> Figures.of(Double.parseDouble("1e" + (low + (int) step)));
            case OCTAVES -> Figures.of(Math.pow(2, low + step)).replace(",", "");
        };
    }

    boolean logarithmic() {
        return kind != Kind.LINEAR;
    }

    int steps() {
        return high - low;
    }
}
