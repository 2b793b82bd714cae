package stillpoint.simulate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import stillpoint.program.Recorder;
import stillpoint.program.Variable;
import stillpoint.random.Stream;
import stillpoint.random.Streams;

/// Runs of a scene: tasks take the steps of their graphs ([Interpreter]), each at a time of its
/// own, where they have a CPU ([Cpus]).
///
/// Every task has at most one event pending: when its next step takes effect, or when it comes.
/// Ties go by the number of the task: the writer, then what the kernel runs, then the readers.
///
/// The hot core of a simulation: mutable, one thread, structures of arrays; after the constructor
/// nothing is allocated for a step. [#series] may be called again and again.
final class Simulation {
    /// So many mean cycles of a reader come before the writer begins, where all are simulated; so
    /// many mean interrupts, where there are any.
    private static final int WARM_UP = 10;

    private final Scene scene;
    private final int cpuCount;
    private final Load load;
    private final boolean full;
    private final Run run;
    private final Tasks tasks;
    private final Cells cells;
    private final Lines lines;
    private final Places places;
    private final Readers readers;
    private final Encounters encounters;
    private final Cpus cpus;
    private final Waiting waiting;
    private final Handlers handlers;
    private final Interpreter interpreter;
    private final Turns turns;
    private final Trace trace = new Trace();
    private final List<Cycle> cycles;
    private final Stream stream = Stream.of(0, "scratch", 0, 0);

    Simulation(Scene scene, Setup setup) {
        Hardware hardware = setup.hardware();
        Kernel kernel = setup.kernel();
        this.scene = scene;
        load = setup.load();
        full = setup.readers() == Setup.ReaderMode.FULL;
        cpuCount = scene.cpus();
        cells = new Cells(scene);
        lines = new Lines(cells, cpuCount, hardware, setup.spinning());
        var compiler = new Compiler(scene, cells, hardware, kernel, load);
        tasks = Tasks.of(scene, services(), compiler);
        run = new Run(tasks.count, cpuCount);
        places = new Places(scene, cells, tasks);
        readers = new Readers(cpuCount, load);
        int index = scene.index().map(cells::location).orElse(-1);
        encounters = new Encounters(run, tasks, cells, places, readers, full, index);
        cpus = new Cpus(run, tasks, encounters, readers, lines, kernel.tick());
        long[] drawn = new long[cpuCount];
        waiting = new Waiting(run, tasks, cpus, lines, cells, drawn);
        handlers = new Handlers(run, tasks, places, cpus, readers, lines, cells, kernel.nohz());
        turns = new Turns(run, scene, tasks, cells, places, load);
        var profile =
                new Profile(run, tasks, cells, places, new Contention(scene, lines, load, full));
        interpreter =
                new Interpreter(
                        run,
                        tasks,
                        places,
                        cells,
                        lines,
                        cpus,
                        encounters,
                        waiting,
                        handlers,
                        readers,
                        profile,
                        turns,
                        trace,
                        full,
                        drawn);
        cycles = cycles(profile, compiler);
        readers.go(cycles.getFirst());
        encounters.go(cycles);
    }

    private List<Service> services() {
        var all = new ArrayList<>(scene.services());
        if (load.interrupts().isPresent())
            all.add(
                    Service.handler(
                            Recorder.interrupt(Load.INTERRUPT, cpu -> cpu.nop(Load.INTERRUPT)),
                            Service.When.DEVICE));
        return all;
    }

    /// A fault as it is alone, for each value of what faults go by. The first time shows what
    /// readers share, the second what others cost them.
    private List<Cycle> cycles(Profile profile, Compiler compiler) {
        var taken = new BitSet();
        int values = scene.index().isPresent() ? 2 : 1;
        for (int v = 0; v < values; v++) {
            alone(profile, v);
            taken.or(profile.taken());
        }
        List<Variable> shared = compiler.sharedByReaders(tasks.readers(), taken);
        for (Script script : tasks.scripts) compiler.touches(script, shared);
        profile.shared(shared);
        turns.shared(shared);
        encounters.shared(shared);
        alone(profile, 0);
        var all = new ArrayList<Cycle>();
        for (int v = 0; v < values; v++) all.add(alone(profile, v));
        return all;
    }

    private Cycle alone(Profile profile, int index) {
        reset();
        scene.index().ifPresent(v -> cells.value[cells.location(v)] = index);
        return profile.go(interpreter);
    }

    // ---- a run

    /// One run, in which the writer has one turn or several, one after another.
    ///
    /// @param seed of the experiment
    /// @param replication its number, from 0
    /// @param straggler for how long one CPU cannot be preempted, ns
    /// @throws Broken if a task does what the design should rule out
    List<Outcome> series(long seed, long replication, int number, long straggler) {
        long begin = prepare(seed, replication);
        turns.start(number);
        run.account.begun = begin;
        cpus.begin(0, begin);
        if (straggler > 0 && cpuCount > 1) cpus.straggle(cpuCount / 2, begin + straggler);
        while (!run.over) next();
        return turns.outcomes();
    }

    /// Sets everything up as it is before the writer begins; gives when that is.
    private long prepare(long seed, long replication) {
        reset();
        readers.start(seed, replication);
        Streams ticks = Streams.of(seed, "phase of the ticks", replication);
        for (int c = 0; c < cpuCount; c++) {
            stream.state(ticks.start(c));
            cpus.phase(c, stream.nextDouble());
            if (readers.idle(c))
                for (Variable v : scene.idle())
                    cells.value[cells.location(v) + c * cells.block] = 1;
        }
        startServices();
        if (full) startReaders();
        double warm = full ? WARM_UP * 1e9 / load.faults() : 0;
        double interrupts = load.interrupts().map(i -> i.length().mean() * WARM_UP).orElse(0.0);
        return Math.round(Math.max(warm, interrupts));
    }

    private void next() {
        int task = run.events.first();
        if (task < 0)
            throw new Broken("nothing is left to happen, and " + scene.title() + " is not done");
        run.now = run.events.time();
        if (tasks.state[task] != Tasks.RUNS) {
            int cpu = tasks.cpu[task];
            if (cpu >= 0) {
                encounters.touch(cpu);
                cpus.arrive(task, cpu);
                return;
            }
            tasks.state[task] = Tasks.RUNS;
        }
        interpreter.step(task);
    }

    private void reset() {
        run.reset();
        tasks.reset();
        cells.reset();
        lines.reset();
        places.reset();
        encounters.reset();
        cpus.reset();
        handlers.reset();
        interpreter.reset();
    }

    /// Threads wait where their programs wait first; handlers watch what they read.
    private void startServices() {
        for (int t = 1; t < tasks.firstReader; t++) {
            if (tasks.handles(t)) {
                handlers.next(t);
                continue;
            }
            Instr first = tasks.at(t);
            if (first.op != Instr.Op.SLEEP_UNTIL)
                throw new IllegalArgumentException(
                        tasks.name(t)
                                + " does not wait first: a thread that the kernel runs for others"
                                + " begins with waitFor(...)");
            places.of(t);
            waiting.asleep(t, places.locate(first, tasks.cpu[t]));
        }
    }

    /// Every reader begins in user mode, and runs until it does not matter when it began.
    private void startReaders() {
        for (int c = 1; c < cpuCount; c++) {
            if (readers.idle(c)) continue;
            cells.renew(c);
            cpus.begin(tasks.firstReader + c, readers.think(c, 0));
        }
    }

    // ---- what else can be asked

    /// Mean time of a fault where readers meet one another and nobody switches anything off, ns.
    ///
    /// @param time how long they are looked at, ns
    double contended(long seed, long replication, long time) {
        if (!full)
            throw new IllegalStateException(
                    "readers meet one another where all are simulated: ask with ReaderMode.FULL");
        long begin = prepare(seed, replication);
        while (run.events.first() >= 0 && run.events.time() < begin) next();
        run.account.faults = 0;
        run.account.inFaults = 0;
        while (run.events.first() >= 0 && run.events.time() < begin + time) next();
        if (run.account.faults == 0)
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "time = %d ns: no fault ends in it; a reader has %s a second",
                            time,
                            load.faults()));
        return (double) run.account.inFaults / run.account.faults;
    }

    Trace trace() {
        return trace;
    }

    /// A fault of a reader as it is without a swapoff.
    Cycle cycle() {
        return cycles.getFirst();
    }
}
