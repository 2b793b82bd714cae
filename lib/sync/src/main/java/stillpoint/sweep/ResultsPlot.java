package stillpoint.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stillpoint.evidence.Basis;
import stillpoint.evidence.Plot;
import stillpoint.random.Nanos;
import stillpoint.simulate.Measure;

/// A sweep's results as curves.
///
/// @param results what is drawn
/// @param measure up the axis
/// @param across along it
record ResultsPlot(Results results, Measure measure, Parameter across) {
    /// An axis whose ends are further apart than that is logarithmic.
    private static final double WIDE = 20;

    private static final double MICROSECOND = 1e3;

    ResultsPlot {
        List<String> values = places(results.plan(), across);
        if (values.size() < 2)
            throw new IllegalArgumentException(
                    across.word()
                            + " = "
                            + values.getFirst()
                            + " at every point: a curve needs two values or more; this sweep varies "
                            + varied(results, across));
        for (String value : values) number(value, results, across);
    }

    /// How values are written.
    private record Scale(String word, double of) {
        private static final List<Scale> TIMES =
                List.of(
                        new Scale("ns", 1),
                        new Scale("us", 1e3),
                        new Scale("ms", 1e6),
                        new Scale("s", 1e9));

        /// Times in the unit in which the middle between the least above 0 and the most, as a
        /// logarithmic axis has it, is at least 1.
        static Scale of(Measure measure, double... values) {
            Measure.Unit unit = measure.unit();
            if (unit != Measure.Unit.TIME) return new Scale(unit.shown(), unit.scale());
            double most = Arrays.stream(values).max().orElse(0);
            double least = Arrays.stream(values).filter(t -> t > 0).min().orElse(most);
            Scale scale = TIMES.getFirst();
            for (Scale each : TIMES) if (Math.sqrt(least * most) >= each.of) scale = each;
            return scale;
        }
    }

    Plot titled(String title, List<ClosedForm> forms) {
        var curves = new LinkedHashMap<String, List<Finished>>();
        for (Finished each : results.finished())
            curves.computeIfAbsent(name(each.point()), _ -> new ArrayList<>()).add(each);
        double[] means = results.finished().stream().mapToDouble(this::mean).toArray();
        Scale unit = Scale.of(measure, means);
        return new Plot(
                title,
                new Plot.Axis(
                        words(across),
                        wide(
                                places(results.plan(), across).stream()
                                        .mapToDouble(v -> number(v, results, across))
                                        .toArray())),
                new Plot.Axis(measure.words() + ", " + unit.word, wide(means)),
                Basis.SIMULATED,
                Plot.Form.LINES,
                Stream.concat(
                                curves.entrySet().stream().map(e -> curve(e, unit)),
                                forms.stream().map(f -> curve(f, unit)))
                        .toList());
    }

    private Plot.Series curve(Map.Entry<String, List<Finished>> curve, Scale unit) {
        List<Finished> points = curve.getValue();
        return new Plot.Series(
                curve.getKey(),
                points.stream().map(p -> label(p.point().value(across))).toList(),
                points.stream().map(p -> mean(p) / unit.of).toList(),
                points.stream()
                        .map(p ->
                                p.row(measure)
                                        .mean()
                                        .interval()
                                        .map(i ->
                                                new Plot.Range(
                                                        i.low() / unit.of, i.high() / unit.of))
                                        .orElse(Plot.Range.NONE))
                        .toList());
    }

    private Plot.Series curve(ClosedForm form, Scale unit) {
        List<String> labels =
                places(results.plan(), across).stream().map(ResultsPlot::label).toList();
        return new Plot.Series(
                form.name(),
                labels,
                labels.stream()
                        .map(l -> form.value().applyAsDouble(Double.parseDouble(l)) / unit.of)
                        .toList());
    }

    private double mean(Finished point) {
        return point.row(measure).mean().value();
    }

    private static boolean wide(double[] values) {
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        return least > 0 && most / least > WIDE;
    }

    private static List<String> places(Plan plan, Parameter across) {
        return Objects.requireNonNull(plan.values().get(across));
    }

    /// A number as it is; a length of time in us.
    private static String label(String value) {
        if (!value.endsWith("s")) return value;
        double us = Nanos.parse(value).ns() / MICROSECOND;
        return us == Math.rint(us) ? Long.toString((long) us) : Double.toString(us);
    }

    private static double number(String value, Results results, Parameter across) {
        try {
            return Double.parseDouble(label(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    across.word()
                            + " = "
                            + value
                            + ": the values along an axis are numbers; this sweep varies "
                            + varied(results, across),
                    e);
        }
    }

    /// The design, and the values of what else varies.
    private String name(Point point) {
        String others =
                results.plan().values().entrySet().stream()
                        .filter(e -> e.getKey() != across && e.getValue().size() > 1)
                        .map(e -> ", " + e.getKey().word() + " " + point.value(e.getKey()))
                        .collect(Collectors.joining());
        return point.design() + others;
    }

    private static String varied(Results results, Parameter but) {
        String others =
                results.plan().values().entrySet().stream()
                        .filter(e -> e.getKey() != but && e.getValue().size() > 1)
                        .map(e -> e.getKey().word())
                        .collect(Collectors.joining(", "));
        return others.isEmpty() ? "no other parameter" : others;
    }

    private String words(Parameter parameter) {
        if (parameter == Parameter.CPUS) return "CPUs";
        boolean time = places(results.plan(), parameter).getFirst().endsWith("s");
        return parameter.word() + (time ? ", us" : "");
    }
}
