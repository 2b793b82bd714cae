package stillpoint.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stillpoint.measure.Measured;
import stillpoint.measure.Measurements;
import stillpoint.measure.Unit;
import stillpoint.simulate.Quantity;

/// What one reader's sections tell of loads, atomics and fences, by least squares.
///
/// With `p` for the two loads of a section, `e` for saying that it begins and ends, `a` for an
/// atomic and `f` for a fence:
///
/// ```
/// plain flag = p            epoch and membarrier = p + e
/// reference count = p + 2a  epoch and fence      = p + e + f
/// striped count = p + 2a    srcu                 = p + e + 2f
/// ```
final class ReaderFits {
    private static final double PICOSECONDS = 1000;
    private static final String ONE = "1 reader";

    private final Measurements measured;
    private final String source;

    ReaderFits(Measurements measured, String source) {
        this.measured = measured;
        this.source = source;
    }

    List<Fit> all() {
        var fits = new ArrayList<Fit>();
        row("plain flag")
                .ifPresent(plain -> {
                    fits.add(hit(plain));
                    atomic(plain).ifPresent(fits::add);
                });
        fence().ifPresent(fits::add);
        return fits;
    }

    private Fit hit(Measured plain) {
        double p = ns(plain);
        return new Fit(
                Quantity.HIT,
                p / 2,
                "a section without protection is two loads, and a turn of the loop around it",
                List.of(residual(plain, p)),
                source);
    }

    private Optional<Fit> atomic(Measured plain) {
        List<Measured> two = rows("reference count", "striped reference count");
        if (two.isEmpty()) return Optional.empty();
        double p = ns(plain);
        double a = two.stream().mapToDouble(row -> (ns(row) - p) / 2).average().orElseThrow();
        if (a <= 0) return Optional.empty();
        return Optional.of(
                new Fit(
                        Quantity.ATOMIC,
                        a,
                        "a counted section is one without protection and two atomics",
                        two.stream().map(row -> residual(row, p + 2 * a)).toList(),
                        source));
    }

    private Optional<Fit> fence() {
        Optional<Measured> without = row("epoch and membarrier");
        Optional<Measured> once = row("epoch and fence");
        Optional<Measured> twice = row("srcu");
        if (without.isEmpty() || once.isEmpty() || twice.isEmpty()) return Optional.empty();
        double base = ns(without.get());
        double f = ((ns(once.get()) - base) + 2 * (ns(twice.get()) - base)) / 5;
        if (f <= 0) return Optional.empty();
        return Optional.of(
                new Fit(
                        Quantity.FULL_FENCE,
                        f,
                        "an epoch has one fence and SRCU two, besides what an epoch costs without",
                        List.of(
                                residual(once.get(), base + f),
                                residual(twice.get(), base + 2 * f)),
                        source));
    }

    private static Fit.Residual residual(Measured row, double fittedNs) {
        return new Fit.Residual(row.what(), ns(row), row.n(), fittedNs);
    }

    private List<Measured> rows(String... names) {
        return List.of(names).stream().map(this::row).flatMap(Optional::stream).toList();
    }

    private Optional<Measured> row(String scheme) {
        return measured.row(scheme, ONE, 1).filter(row -> row.unit() == Unit.PS);
    }

    private static double ns(Measured row) {
        return row.median().value() / PICOSECONDS;
    }
}
