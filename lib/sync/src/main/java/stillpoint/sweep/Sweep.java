package stillpoint.sweep;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Simulator;
import stillpoint.statistics.StoppingRule;
import stillpoint.swap.Designs;
import stillpoint.swap.SwapDesign;
import stillpoint.swap.SwapTiming;

/// Designs by parameters, put together word by word and run on all processors:
///
/// ```java
/// Sweep.of("D8", "D6", "D10").cpus("1..8192*2").hz(250, 1000).run().table(Measure.LATENCY)
/// ```
///
/// Values are numbers, or text as on the command line: `"1, 2, 4"`, `"1..8192*2"`, `"exp 2us"`.
///
/// @param plan what is asked
/// @param designs by the names that the plan has
/// @param shard which part of it
/// @param workers threads, 1 to 1024
public record Sweep(Plan plan, Map<String, SwapDesign> designs, Shard shard, int workers) {
    /// The version of this library: figures of two versions are never mixed.
    public static final String VERSION = "0.1.0-SNAPSHOT";

    private static final StoppingRule USUAL = new StoppingRule(0.02, 0.95, 30, 1000);
    private static final int MOST_WORKERS = 1024;

    public Sweep {
        designs = Map.copyOf(designs);
        if (workers < 1 || workers > MOST_WORKERS)
            throw new IllegalArgumentException(
                    "workers = "
                            + workers
                            + ": 1 to "
                            + MOST_WORKERS
                            + " threads; this machine has "
                            + Runtime.getRuntime().availableProcessors()
                            + " processors");
    }

    /// A sweep of designs by their names, as [Designs#named] takes them, on 64 CPUs.
    ///
    /// @throws IllegalArgumentException naming the one that is not known
    public static Sweep of(String... names) {
        var designs = new ArrayList<SwapDesign>();
        for (String name : names) designs.add(Designs.named(name));
        return of(designs);
    }

    /// A sweep of designs of one's own.
    ///
    /// @throws IllegalArgumentException if two have the same name
    public static Sweep of(List<SwapDesign> designs) {
        var byName = new LinkedHashMap<String, SwapDesign>();
        var names = new ArrayList<String>();
        for (SwapDesign design : designs) {
            String name = Designs.nameOf(design);
            names.add(name);
            byName.put(name, design);
        }
        return new Sweep(
                new Plan(names, Map.of(), 1, USUAL, Measure.LATENCY),
                byName,
                Shard.WHOLE,
                Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors()));
    }

    /// Other values of a parameter.
    ///
    /// @param values numbers, or text with commas between
    /// @throws IllegalArgumentException naming the one that is wrong
    public Sweep with(Parameter parameter, Object... values) {
        var all = new ArrayList<String>();
        for (Object value : values) all.addAll(parameter.values(String.valueOf(value)));
        var changed = new EnumMap<>(plan.values());
        changed.put(parameter, all);
        return plan(new Plan(plan.designs(), changed, plan.seed(), plan.rule(), plan.watched()));
    }

    public Sweep machine(Object... names) {
        return with(Parameter.MACHINE, names);
    }

    public Sweep cpus(Object... numbers) {
        return with(Parameter.CPUS, numbers);
    }

    public Sweep hz(Object... ticks) {
        return with(Parameter.HZ, ticks);
    }

    public Sweep config(Object... configs) {
        return with(Parameter.CONFIG, configs);
    }

    public Sweep faults(Object... perSecond) {
        return with(Parameter.FAULTS, perSecond);
    }

    public Sweep section(Object... lengths) {
        return with(Parameter.SECTION, lengths);
    }

    public Sweep idle(Object... parts) {
        return with(Parameter.IDLE, parts);
    }

    public Sweep straggler(Object... times) {
        return with(Parameter.STRAGGLER, times);
    }

    public Sweep window(Object... entries) {
        return with(Parameter.WINDOW, entries);
    }

    /// Pages left on the device, which swapoff reads back.
    public Sweep pages(Object... left) {
        return with(Parameter.PAGES, left);
    }

    /// Devices that are switched off one after another: what a point comes to is all of them.
    public Sweep swapoffs(Object... numbers) {
        return with(Parameter.SWAPOFFS, numbers);
    }

    /// Interrupts of devices: `interrupts("none", "1000 of exp 5us")`.
    public Sweep interrupts(Object... loads) {
        return with(Parameter.INTERRUPTS, loads);
    }

    /// Whether an idle CPU has no ticks: `nohz("on", "off")`.
    public Sweep nohz(Object... switches) {
        return with(Parameter.NOHZ, switches);
    }

    /// Prices in place of the machine's: `prices("listed", "wake up=800; ipi=1000")` asks with and
    /// without.
    public Sweep prices(Object... sets) {
        return with(Parameter.PRICES, sets);
    }

    public Sweep seed(long seed) {
        return plan(new Plan(plan.designs(), plan.values(), seed, plan.rule(), plan.watched()));
    }

    public Sweep rule(StoppingRule rule) {
        return plan(new Plan(plan.designs(), plan.values(), plan.seed(), rule, plan.watched()));
    }

    /// So many replications at every point.
    public Sweep replications(int number) {
        return rule(StoppingRule.exactly(number));
    }

    /// The measure that decides when a point has enough replications.
    public Sweep watched(Measure measure) {
        return plan(new Plan(plan.designs(), plan.values(), plan.seed(), plan.rule(), measure));
    }

    public Sweep shard(Shard part) {
        return new Sweep(plan, designs, part, workers);
    }

    public Sweep workers(int threads) {
        return new Sweep(plan, designs, shard, threads);
    }

    private Sweep plan(Plan other) {
        return new Sweep(other, designs, shard, workers);
    }

    /// Runs it, with a line on standard output that shows how far it is. An interruption ends it
    /// early: what is finished then is kept, and [Results#complete] says so.
    ///
    /// @throws IllegalArgumentException if a point cannot be run
    public Results run() {
        var line = new ProgressLine(System.out, true);
        Results results = run(line);
        line.end(results);
        return results;
    }

    /// Runs it.
    ///
    /// @param watcher is told how far it is, now and then, on the calling thread
    public Results run(Consumer<? super Stage> watcher) {
        return run(List.of(), each -> {}, watcher);
    }

    /// Runs what is left of it.
    ///
    /// @param before what an earlier attempt has finished
    /// @param each is told every point that is finished now
    Results run(
            List<Finished> before,
            Consumer<? super Finished> each,
            Consumer<? super Stage> watcher) {
        var all = new ArrayList<>(before);
        var there = new HashSet<Integer>();
        for (Finished old : before) there.add(old.point().number());
        List<Point> points = shard.points(plan);
        List<Point> left = points.stream().filter(p -> !there.contains(p.number())).toList();
        tryOut(left);
        double work = work(points);
        var done = new double[] {work - work(left)};
        new Crew(plan, left, this::question, workers)
                .run(
                        finished -> {
                            each.accept(finished);
                            all.add(finished);
                            done[0] += work(List.of(finished.point()));
                            watcher.accept(
                                    new Stage(
                                            all.size(),
                                            points.size(),
                                            done[0] / work,
                                            Optional.of(finished.point())));
                        },
                        () ->
                                watcher.accept(
                                        new Stage(
                                                all.size(),
                                                points.size(),
                                                done[0] / work,
                                                Optional.empty())));
        return new Results(plan, shard, all);
    }

    private static double work(List<Point> points) {
        return points.stream().mapToDouble(Point::work).sum();
    }

    /// What cannot be run is said before hours of work, not behind them: everything but the number
    /// of CPUs is tried on few.
    private void tryOut(List<Point> points) {
        var seen = new HashSet<List<String>>();
        for (Point point : points) {
            var small = new EnumMap<>(point.values());
            small.put(Parameter.CPUS, Integer.toString(Math.min(2, point.cpus())));
            var key = new ArrayList<>(small.values());
            key.add(point.design());
            if (seen.add(key))
                simulator(point, question(new Point(point.number(), point.design(), small)));
        }
    }

    private SwapTiming question(Point point) {
        return point.timing(Objects.requireNonNull(designs.get(point.design())))
                .seed(plan.seed())
                .rule(plan.rule())
                .watched(plan.watched());
    }

    /// @throws IllegalArgumentException naming the point, if it cannot be run
    static Simulator simulator(Point point, SwapTiming question) {
        try {
            return question.simulator();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(point + ": " + e.getMessage(), e);
        }
    }
}
