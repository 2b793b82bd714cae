package stillpoint.sweep;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import stillpoint.swap.SwapDesign;
import stillpoint.swap.SwapTiming;

/// One combination of a sweep.
///
/// @param number its place in the plan, from 1
/// @param design its name, as [stillpoint.swap.Designs#nameOf] gives it
/// @param values of every parameter
public record Point(int number, String design, Map<Parameter, String> values) {
    public Point {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /// The value of a parameter.
    public String value(Parameter parameter) {
        return Objects.requireNonNull(values.get(parameter));
    }

    /// How many CPUs.
    public int cpus() {
        return Integer.parseInt(value(Parameter.CPUS));
    }

    /// What it takes, beside others: that grows with the CPUs, and with how often they are met.
    double work() {
        return (1.0 + cpus()) * Integer.parseInt(value(Parameter.SWAPOFFS));
    }

    /// The question, with this design.
    SwapTiming timing(SwapDesign asked) {
        SwapTiming timing = SwapTiming.of(asked);
        for (var each : values.entrySet()) timing = each.getKey().on(timing, each.getValue());
        return timing;
    }

    @Override
    public String toString() {
        String others =
                values.entrySet().stream()
                        .filter(e -> e.getKey() != Parameter.CPUS)
                        .filter(e -> !e.getValue().equals(e.getKey().usual()))
                        .map(e -> ", " + e.getKey().word() + " " + e.getValue())
                        .collect(Collectors.joining());
        return design + " on " + cpus() + (cpus() == 1 ? " CPU" : " CPUs") + others;
    }
}
