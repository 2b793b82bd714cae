package stillpoint.swap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import stillpoint.check.Checker;
import stillpoint.check.Limits;
import stillpoint.check.Liveness;
import stillpoint.check.Survey;
import stillpoint.evidence.Progress;
import stillpoint.evidence.Table;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.Node;
import stillpoint.program.Place;
import stillpoint.program.Program;
import stillpoint.program.Rewrite;
import stillpoint.program.Step;
import stillpoint.program.Variable;

/// What breaks when a spin lock is taken away, as the mail asks: `spin_lock()` becomes
/// `preempt_disable()`, `spin_unlock()` becomes `preempt_enable()`.
///
/// The recorded programs are rewritten, so that preemption is off where it was, and everything else
/// stays as it was; only the lock is gone, and with it the access to the object that the lock is
/// in. A lock taken in the callback of a stop stays: nobody is there to contend for it.
///
/// What counts is what breaks *only* without the lock. In a design that is broken anyway, a class
/// of failure that it has with the lock hides new ways to the same class. Where nothing else
/// breaks, progress is asked on the runs without a fault: a count that is lost may send swapoff
/// round for ever. The kernel's own checks of the counts (`VM_BUG_ON`) are modelled here, so that a
/// lost update shows where it happens (`other broken assertion`), also in a design that holds the
/// device so firmly that nothing worse comes of it.
///
/// What the model cannot show: what a lock orders among *several* swapoffs and swapons at once,
/// among several devices or page tables, in lists and counters that are not modelled
/// (`swap_avail_heads`, the clusters), and with a weak memory model. What `swap_lock` and the
/// barriers do for `nr_swapfiles` is [NewType].
///
/// @param design whose programs are rewritten
/// @param readers up to how many CPUs take a page fault
/// @param swapon whether another device is switched on after swapoff
/// @param device what the swap device is
/// @param checker the kernel configuration, the reductions, the limits
/// @param going up to how many readers progress is asked of, which takes far longer than safety
public record LockExperiment(
        SwapDesign design,
        int readers,
        boolean swapon,
        DeviceKind device,
        Checker checker,
        int going) {
    public LockExperiment {
        if (readers < 1)
            throw new IllegalArgumentException(
                    "readers = " + readers + ": an experiment has 1 to 8; try readers(2)");
    }

    /// Who goes without the lock.
    public enum From {
        /// Those that take a page fault.
        READERS("readers"),
        /// swapoff, swapon, and what runs on their CPU after them.
        WRITER("swapoff and swapon");

        private final String words;

        From(String words) {
            this.words = words;
        }

        private boolean covers(String agent) {
            return agent.equals("reader") == (this == READERS);
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// Up to two readers, with swapon, on an SSD, `PREEMPT=y` since 4.20.
    public static LockExperiment of(SwapDesign design) {
        return new LockExperiment(
                design,
                2,
                true,
                DeviceKind.SSD,
                Checker.of(Config.PREEMPT_Y_4_20),
                Integer.MAX_VALUE);
    }

    /// The same with up to another number of readers.
    public LockExperiment readers(int most) {
        return new LockExperiment(design, most, swapon, device, checker, going);
    }

    /// The same on another kind of device.
    public LockExperiment device(DeviceKind kind) {
        return new LockExperiment(design, readers, swapon, kind, checker, going);
    }

    /// The same on another kernel.
    public LockExperiment config(Config config) {
        Checker other =
                new Checker(config, checker.reductions(), checker.limits(), checker.focus());
        return new LockExperiment(design, readers, swapon, device, other, going);
    }

    /// The same with other limits.
    public LockExperiment with(Limits limits) {
        return new LockExperiment(design, readers, swapon, device, checker.with(limits), going);
    }

    /// The same with progress asked of up to so many readers only.
    public LockExperiment going(int most) {
        return new LockExperiment(design, readers, swapon, device, checker, most);
    }

    /// The spin locks of the design, in the order of declaration. A mutex is not among them: what
    /// sleeps under it cannot be done with preemption off.
    public List<String> locks() {
        return model(1).memory().variables().stream()
                .filter(v -> v.sort() == Variable.Sort.SPIN_LOCK)
                .map(Variable::name)
                .toList();
    }

    /// Whether `from` takes the lock at all; otherwise there is nothing to take away.
    public boolean taken(String lock, From from) {
        return HeldLocks.of(model(1)).takes().stream()
                .anyMatch(take -> take.lock().equals(lock) && from.covers(take.agent()));
    }

    /// The model without the lock.
    ///
    /// @param count how many readers
    /// @throws IllegalArgumentException if there is no such lock
    public Model without(String lock, From from, int count) {
        if (!locks().contains(lock))
            throw new IllegalArgumentException(
                    lock + ": a spin lock of this model is one of " + String.join(", ", locks()));
        Model whole = model(count);
        List<Agent> agents =
                whole.agents().stream()
                        .map(agent -> from.covers(agent.name()) ? without(lock, agent) : agent)
                        .toList();
        return new Model(
                whole.title() + ", " + from + " without " + lock,
                whole.memory(),
                agents,
                whole.sometimes(),
                whole.bounds(),
                whole.classes());
    }

    /// What the search says without the lock: with as few readers as show that something breaks,
    /// otherwise with all of them. In a design that is broken with the lock too, it may say what is
    /// broken anyway; [#found] tells the two apart.
    public Verdict verdict(String lock, From from) {
        for (int count = 1; count < readers; count++)
            if (checker.check(without(lock, from, count)) instanceof Verdict.Violation v) return v;
        return checker.check(without(lock, from, readers));
    }

    /// What is found about a lock.
    ///
    /// @param lock the lock
    /// @param from who goes without it
    /// @param taken whether they take it at all; if not, nothing was searched
    /// @param count the fewest readers with which something breaks that holds with the lock; if
    ///   nothing does, the most that were searched
    /// @param breaks the failure classes and kinds of fault that come only without the lock
    /// @param anyway those that come with the lock, too
    /// @param runs a shortest run to each that comes only without the lock
    /// @param states how many states the search without the lock has
    /// @param progress whether, where nothing else breaks, swapoff and every fault still come to
    ///   their end; empty if that was not asked, because something does
    /// @param open why the search says nothing; empty if it was not cut short
    public record Found(
            String lock,
            From from,
            boolean taken,
            int count,
            List<String> breaks,
            List<String> anyway,
            List<Verdict.Violation> runs,
            long states,
            Optional<Progress> progress,
            Optional<String> open) {
        public Found {
            breaks = List.copyOf(breaks);
            anyway = List.copyOf(anyway);
            runs = List.copyOf(runs);
        }

        /// The shortest run to something that comes only without the lock.
        public Optional<Verdict.Violation> shortest() {
            return runs.stream().min(Comparator.comparingInt(v -> v.trace().rows().size()));
        }

        /// Whether it was searched to the end, and nothing broke that holds with the lock.
        public boolean harmless() {
            return taken
                    && open.isEmpty()
                    && breaks.isEmpty()
                    && !(progress.isPresent() && progress.get() instanceof Progress.Broken);
        }

        private List<String> row() {
            return List.of(
                    lock,
                    from.toString(),
                    taken ? Integer.toString(count) : "",
                    outcome(),
                    example(),
                    shortest()
                            .map(v -> v.trace().rows().size())
                            .or(() -> stuck().map(b -> b.stem().rows().size()))
                            .map(steps -> Integer.toString(steps))
                            .orElse(""));
        }

        /// The same, and what fewer readers said about progress, if these were not asked.
        private Found after(Found fewer) {
            return progress.isPresent()
                    ? this
                    : new Found(
                            lock,
                            from,
                            taken,
                            count,
                            breaks,
                            anyway,
                            runs,
                            states,
                            fewer.progress,
                            open);
        }

        /// What breaks, in a word or a few.
        public String outcome() {
            if (!taken) return "they do not take it";
            if (open.isPresent()) return "inconclusive: " + open.get();
            if (stuck().isPresent()) return stuck().get().promise();
            if (!breaks.isEmpty()) return String.join(", ", breaks);
            return anyway.isEmpty() ? "nothing" : "nothing but what is broken with it";
        }

        private String example() {
            return shortest()
                    .map(Verdict.Violation::what)
                    .or(() -> stuck().map(Progress.Broken::what))
                    .orElse("");
        }

        /// A run on which swapoff or a fault no longer comes to its end; empty if there is none.
        public Optional<Progress.Broken> stuck() {
            return progress.filter(Progress.Broken.class::isInstance)
                    .map(Progress.Broken.class::cast);
        }
    }

    /// Takes one lock away from the one side, and compares what breaks with what breaks anyway.
    public Found found(String lock, From from) {
        Found none =
                new Found(
                        lock,
                        from,
                        taken(lock, from),
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        0,
                        Optional.empty(),
                        Optional.empty());
        return none.taken() ? searched(none) : none;
    }

    private Found searched(Found about) {
        Found found = about;
        for (int count = 1; count <= readers; count++) {
            found = searched(about, count).after(found);
            if (!found.harmless()) return found;
        }
        return found;
    }

    private Found searched(Found about, int count) {
        Model less = without(about.lock(), about.from(), count);
        Survey with = checker.survey(model(count));
        Survey without = checker.survey(less);
        List<String> breaks =
                without.broken().stream().filter(b -> !with.broken().contains(b)).toList();
        // What was met before a search was cut short is broken all the same.
        Optional<String> open =
                with.open().or(() -> breaks.isEmpty() ? without.open() : Optional.empty());
        Optional<Progress> progress = Optional.empty();
        if (open.isEmpty() && breaks.isEmpty() && count <= going) {
            Progress ends = progress(less);
            if (ends instanceof Progress.Broken) open = unlessKept(progress(model(count)));
            open = open.or(() -> unlessDecided(ends));
            progress = Optional.of(ends);
        }
        return new Found(
                about.lock(),
                about.from(),
                true,
                count,
                breaks,
                with.broken(),
                runs(without, breaks),
                without.counts().states(),
                progress,
                open);
    }

    private Progress progress(Model model) {
        Liveness ends = Liveness.of(model).on(checker.config()).with(checker.limits()).untilFault();
        for (Agent agent : model.agents()) ends = ends.ends(agent.name());
        return ends.verdict();
    }

    private static Optional<String> unlessDecided(Progress progress) {
        return progress instanceof Progress.Inconclusive i
                ? Optional.of(i.reason())
                : Optional.empty();
    }

    /// Only of a design that comes to its end with the lock can the lack of it be what keeps it.
    private static Optional<String> unlessKept(Progress progress) {
        return progress instanceof Progress.Broken b
                ? Optional.of("with the lock, too: " + b.what())
                : unlessDecided(progress);
    }

    private static List<Verdict.Violation> runs(Survey survey, List<String> breaks) {
        return breaks.stream()
                .map(survey::verdict)
                .filter(Verdict.Violation.class::isInstance)
                .map(Verdict.Violation.class::cast)
                .toList();
    }

    /// A row for each lock and each side.
    public Table table() {
        var rows = new ArrayList<List<String>>();
        for (String lock : locks())
            for (From from : From.values()) rows.add(found(lock, from).row());
        return new Table(
                model(1).title() + " without a lock, " + checker.config(),
                List.of(
                        Table.words("lock"),
                        Table.words("taken from"),
                        Table.numbers("readers"),
                        Table.words("breaks"),
                        Table.words("for example"),
                        Table.numbers("steps")),
                rows);
    }

    private Model model(int count) {
        return SwapModel.audited(
                design, count, swapon ? Scenario.SWAPON : Scenario.SWAPOFF, device);
    }

    private static Agent without(String lock, Agent agent) {
        Predicate<Node> takes = node -> !without(lock, node.step()).equals(node.step());
        Program program = agent.program();
        if (program.lines().nodes().stream().noneMatch(takes)) return agent;
        return new Agent(
                agent.name(),
                Rewrite.replace(program, takes, step -> without(lock, step)),
                agent.copies(),
                agent.level(),
                agent.on(),
                agent.repeats(),
                agent.migrates());
    }

    private static Step without(String lock, Step step) {
        if (step instanceof Step.SpinAcquire s && is(lock, s.lock()))
            return new Step.Nop("no spin_lock(" + lock + ")");
        if (step instanceof Step.SpinRelease s && is(lock, s.lock()))
            return new Step.Nop("no spin_unlock(" + lock + ")");
        return step;
    }

    private static boolean is(String lock, Place place) {
        return place.variable().name().equals(lock);
    }
}
