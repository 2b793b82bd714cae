package stillpoint.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import stillpoint.evidence.Basis;
import stillpoint.evidence.Plot;
import stillpoint.random.Exponential;
import stillpoint.simulate.Scene;
import stillpoint.validate.ValidationFile.Row;

/// The findings as charts over the number of CPUs.
public final class Curves {
    private static final Plot.Axis CPUS = new Plot.Axis("CPUs", true);
    private static final double US = 1000;

    private Curves() {}

    /// Latency as simulated, beside the formulas.
    ///
    /// @throws IllegalArgumentException if a finding that is drawn is missing
    public static Plot latency(List<Row> rows) {
        var section = new Exponential(2000);
        Predicate<Row> longest = row -> is(row, Family.RESIDUALS, "mean", "exp 2us");
        Predicate<Row> staggered = row -> is(row, Family.STAGGERED, "mean", "exp 2us");
        return new Plot(
                "What is simulated lies on the formulas, from 2 to 8192 CPUs",
                CPUS,
                new Plot.Axis("us", true),
                Basis.SIMULATED,
                Plot.Form.LINES,
                List.of(
                        curve(
                                "readers alone: formula",
                                2,
                                n -> ClosedForms.meanLongest(section, Residuals.RHO, n - 1)),
                        points("readers alone", rows, longest, Row::simulated),
                        points("woken in turn: formula", rows, staggered, Row::theory),
                        points("woken in turn", rows, staggered, Row::simulated),
                        curve("all prices: formula", 16, Stops::inThreeRounds),
                        points("all prices", rows, Curves::stop, Row::simulated)));
    }

    /// How far off the simulation is.
    ///
    /// @throws IllegalArgumentException if a finding that is drawn is missing
    public static Plot errors(List<Row> rows) {
        var series = new ArrayList<Plot.Series>();
        for (String section : Residuals.SECTIONS)
            series.add(
                    error(
                            "readers, " + section,
                            rows,
                            row -> is(row, Family.RESIDUALS, "mean", section)));
        series.add(error("woken in turn", rows, row -> row.family() == Family.STAGGERED));
        series.add(error("stop: latency", rows, Curves::stop));
        for (String name : List.of("all still", "interrupts off", "CPU time lost"))
            series.add(error("stop: " + name, rows, row -> is(row, Family.STOP, name, "")));
        return new Plot(
                "How far the simulation is off the formulas that hold",
                CPUS,
                new Plot.Axis("error per cent", false),
                Basis.SIMULATED,
                Plot.Form.LINES,
                series);
    }

    private static boolean stop(Row row) {
        return is(row, Family.STOP, "latency", "") && row.parameters().endsWith(" CPUs");
    }

    private static boolean is(Row row, Family family, String name, String parameters) {
        return row.family() == family
                && row.name().equals(name)
                && row.parameters().startsWith(parameters)
                && row.outcome() == Finding.Outcome.HOLDS;
    }

    private static Plot.Series error(String name, List<Row> rows, Predicate<Row> which) {
        return series(name, rows, which, Row::errorPercent, 1);
    }

    private static Plot.Series points(
            String name, List<Row> rows, Predicate<Row> which, ToDoubleFunction<Row> value) {
        return series(name, rows, which, value, US);
    }

    private static Plot.Series series(
            String name,
            List<Row> rows,
            Predicate<Row> which,
            ToDoubleFunction<Row> value,
            double unit) {
        List<Row> chosen = rows.stream().filter(which).toList();
        if (chosen.isEmpty())
            throw new IllegalArgumentException(
                    ValidationFile.NAME
                            + ": nothing that holds to draw for \""
                            + name
                            + "\"; ./stillpoint validate --update writes it anew");
        return new Plot.Series(
                name,
                chosen.stream().map(row -> String.valueOf(row.cpus())).toList(),
                chosen.stream().map(row -> value.applyAsDouble(row) / unit).toList());
    }

    /// At powers of two.
    private static Plot.Series curve(String name, int from, IntToDoubleFunction form) {
        List<Integer> cpus =
                IntStream.iterate(from, n -> n <= Scene.MAX_CPUS, n -> 2 * n).boxed().toList();
        return new Plot.Series(
                name,
                cpus.stream().map(String::valueOf).toList(),
                cpus.stream().map(n -> form.applyAsDouble(n) / US).toList());
    }
}
