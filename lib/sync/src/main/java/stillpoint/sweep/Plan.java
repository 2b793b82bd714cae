package stillpoint.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import stillpoint.simulate.Measure;
import stillpoint.statistics.StoppingRule;

/// What a sweep is: all that its results depend on, but the code.
///
/// @param designs names, as [stillpoint.swap.Designs#nameOf] gives them; each once
/// @param values of every parameter, each once
/// @param seed of the random numbers; designs at otherwise equal points see the same readers
/// @param rule when a point has enough replications
/// @param watched the measure that the rule looks at
public record Plan(
        List<String> designs,
        Map<Parameter, List<String>> values,
        long seed,
        StoppingRule rule,
        Measure watched) {
    /// More points than this are a mistake in a range, or work for several plans.
    public static final int MOST_POINTS = 100_000;

    public Plan {
        designs = once("designs", designs);
        var all = new EnumMap<Parameter, List<String>>(Parameter.class);
        for (Parameter parameter : Parameter.values())
            all.put(
                    parameter,
                    once(
                            parameter.word(),
                            values.getOrDefault(parameter, List.of(parameter.usual()))));
        values = Collections.unmodifiableMap(all);
        long points = designs.size();
        for (List<String> each : values.values()) points = Math.min(points * each.size(), 1L << 31);
        if (points > MOST_POINTS)
            throw new IllegalArgumentException(
                    points
                            + (points == 1L << 31 ? " or more" : "")
                            + " points: a sweep has at most "
                            + MOST_POINTS
                            + "; leave values out, or make several sweeps");
    }

    private static List<String> once(String name, List<String> values) {
        if (values.isEmpty())
            throw new IllegalArgumentException(name + ": none; a sweep has one at least");
        var seen = new HashSet<String>();
        for (String value : values)
            if (!seen.add(value))
                throw new IllegalArgumentException(
                        name + " = " + value + ": twice in one sweep; leave one out");
        return List.copyOf(values);
    }

    /// How many points.
    public int size() {
        int size = designs.size();
        for (List<String> each : values.values()) size *= each.size();
        return size;
    }

    /// The points, the last parameter varying fastest, and the designs slowest.
    public List<Point> points() {
        var points = new ArrayList<Point>(size());
        for (int n = 0; n < size(); n++) points.add(point(n));
        return points;
    }

    private Point point(int number) {
        var chosen = new EnumMap<Parameter, String>(Parameter.class);
        int rest = number;
        Parameter[] all = Parameter.values();
        for (int p = all.length - 1; p >= 0; p--) {
            List<String> values = Objects.requireNonNull(this.values.get(all[p]));
            chosen.put(all[p], values.get(rest % values.size()));
            rest /= values.size();
        }
        return new Point(number + 1, designs.get(rest), chosen);
    }

    /// The same without some of what is varied: one value of this parameter.
    Plan only(Parameter parameter, String value) {
        var fewer = new EnumMap<>(values);
        fewer.put(parameter, List.of(value));
        return new Plan(designs, fewer, seed, rule, watched);
    }
}
