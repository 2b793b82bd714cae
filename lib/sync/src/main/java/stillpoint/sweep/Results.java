package stillpoint.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import stillpoint.evidence.Plot;
import stillpoint.evidence.Table;
import stillpoint.evidence.Tabular;
import stillpoint.simulate.Measure;

/// What a sweep came to: the points that are finished, with all that they depend on.
///
/// @param plan what was asked
/// @param shard which part of it
/// @param finished in the order of the plan; all points of the shard only if [#complete]
public record Results(Plan plan, Shard shard, List<Finished> finished) implements Tabular {
    private static final Object NONE = "";

    public Results {
        finished =
                finished.stream()
                        .sorted(Comparator.comparing(each -> each.point().number()))
                        .toList();
    }

    /// How many points the shard has.
    public int of() {
        return shard.points(plan).size();
    }

    /// Whether every point of the shard is finished. An interrupted sweep is not complete, and its
    /// table and its CSV say so.
    public boolean complete() {
        return finished.size() == of();
    }

    Header header() {
        return new Header(plan, shard);
    }

    /// One measure at every point, as it is shown: the parameters that vary, the mean with its
    /// interval, median and 99th percentile.
    public Table table(Measure measure) {
        List<Parameter> varied =
                plan.values().entrySet().stream()
                        .filter(e -> e.getValue().size() > 1)
                        .map(Map.Entry::getKey)
                        .toList();
        var columns = new ArrayList<String>();
        columns.add("design");
        for (Parameter parameter : varied) columns.add(parameter.word());
        Measure.Unit unit = measure.unit();
        for (String name : List.of("mean", "from", "to", "median", "p99", "p99 to"))
            columns.add(name + " " + unit.shown());
        columns.add("n");
        columns.add("precise");
        var rows = new ArrayList<List<?>>();
        for (Finished each : finished) {
            Row row = each.row(measure);
            var cells = new ArrayList<Object>();
            cells.add(each.point().design());
            for (Parameter parameter : varied) cells.add(cell(each.point().value(parameter)));
            cells.add(unit.shown(row.mean().value()));
            cells.add(row.mean().interval().<Object>map(i -> unit.shown(i.low())).orElse(NONE));
            cells.add(row.mean().interval().<Object>map(i -> unit.shown(i.high())).orElse(NONE));
            cells.add(unit.shown(row.median().value()));
            cells.add(unit.shown(row.p99().value()));
            cells.add(row.p99().interval().<Object>map(i -> unit.shown(i.high())).orElse(NONE));
            cells.add(row.n());
            cells.add(row.precise() ? "yes" : "no");
            rows.add(cells);
        }
        return Table.of(title(measure), columns, rows);
    }

    private static Object cell(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return value;
        }
    }

    private String title(Measure measure) {
        String title = measure.words() + ", simulated";
        if (complete()) return title;
        return title + "; interrupted: " + finished.size() + " of " + of() + " points";
    }

    /// One measure against a parameter, a curve for each design and whatever else varies: means
    /// with their intervals.
    ///
    /// @param title the claim of the picture
    /// @param across the parameter along the axis; its values are numbers or lengths of time
    /// @param forms what is drawn in beside them
    /// @throws IllegalArgumentException if it has one value only, or a value that is no number
    public Plot plot(String title, Measure measure, Parameter across, ClosedForm... forms) {
        return new ResultsPlot(this, measure, across).titled(title, List.of(forms));
    }

    /// One measure against the number of CPUs.
    public Plot plot(String title, Measure measure, ClosedForm... forms) {
        return plot(title, measure, Parameter.CPUS, forms);
    }

    /// What these designs came to, and no others.
    ///
    /// @throws IllegalArgumentException naming one that is not in the sweep
    public Results only(String... designs) {
        for (String design : designs)
            if (!plan.designs().contains(design))
                throw new IllegalArgumentException(
                        design
                                + ": not in this sweep, which has "
                                + String.join(", ", plan.designs()));
        List<String> kept = List.of(designs);
        return new Results(
                new Plan(kept, plan.values(), plan.seed(), plan.rule(), plan.watched()),
                shard,
                finished.stream().filter(f -> kept.contains(f.point().design())).toList());
    }

    /// The point of a design on so many CPUs, where nothing else varies.
    ///
    /// @throws IllegalArgumentException if there is none, or more than one
    public Finished at(String design, int cpus) {
        List<Finished> there =
                finished.stream()
                        .filter(f -> f.point().design().equals(design) && f.point().cpus() == cpus)
                        .toList();
        if (there.size() != 1)
            throw new IllegalArgumentException(
                    design
                            + " on "
                            + cpus
                            + " CPUs: "
                            + there.size()
                            + " points of this sweep are; ask where there is one");
        return there.getFirst();
    }

    @Override
    public String name() {
        return "sweep of " + String.join(", ", plan.designs());
    }

    /// The CSV, with its provenance above and below. The same bytes for the same results.
    @Override
    public String csv() {
        return SweepCsv.text(this);
    }

    /// Reads a CSV that [#csv] gave.
    ///
    /// @param file as messages call it
    /// @throws Unfit if it is cut off, damaged, edited, or of another version
    public static Results parse(String file, String text) {
        return SweepCsv.parse(file, text);
    }

    /// The whole of what was split.
    ///
    /// @param parts by the name of their file
    /// @throws Unfit if they are of different sweeps, one is missing, twice there, or not complete
    public static Results merged(SortedMap<String, Results> parts) {
        if (parts.isEmpty()) throw new Unfit("no shards: name the CSV files of all of them");
        String first = parts.firstKey();
        Results one = Objects.requireNonNull(parts.get(first));
        var numbers = new TreeMap<Integer, String>();
        parts.forEach((file, part) -> {
            one.header()
                    .difference(part.header())
                    .ifPresent(difference -> {
                        throw new Unfit(
                                first
                                        + " and "
                                        + file
                                        + " are of different sweeps: "
                                        + difference
                                        + "; merge shards of one sweep");
                    });
            if (part.shard().of() != one.shard().of())
                throw new Unfit(
                        first
                                + " is shard "
                                + one.shard()
                                + " and "
                                + file
                                + " is "
                                + part.shard()
                                + ": shards of one sweep are i/n with the same n");
            String before = numbers.put(part.shard().number(), file);
            if (before != null)
                throw new Unfit(
                        before
                                + " and "
                                + file
                                + " are both shard "
                                + part.shard()
                                + ": leave one out");
            if (!part.complete())
                throw new Unfit(
                        file
                                + ": has "
                                + part.finished().size()
                                + " of "
                                + part.of()
                                + " points of shard "
                                + part.shard()
                                + ": run its sweep again with the same words, and it goes on");
        });
        List<String> missing =
                IntStream.rangeClosed(1, one.shard().of())
                        .filter(n -> !numbers.containsKey(n))
                        .mapToObj(n -> n + "/" + one.shard().of())
                        .toList();
        if (!missing.isEmpty())
            throw new Unfit(
                    "missing: shard "
                            + String.join(", ", missing)
                            + "; all "
                            + one.shard().of()
                            + " make one whole");
        return new Results(
                one.plan(),
                Shard.WHOLE,
                parts.values().stream().flatMap(part -> part.finished().stream()).toList());
    }

    @Override
    public String toString() {
        return finished.size() + " of " + of() + " points" + (complete() ? "" : ", interrupted");
    }
}
