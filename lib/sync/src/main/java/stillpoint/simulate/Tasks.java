package stillpoint.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import stillpoint.machine.Level;
import stillpoint.random.Distribution;

/// Every task of a scene: what it runs and where, and what it is doing. Task 0 is the writer; the
/// last ones are the readers, by CPU; between them is what the kernel runs for others.
///
/// A hot core: arrays by task, mutable, one thread.
final class Tasks {
    /// It is at its beginning, and nothing of it is pending.
    static final byte OFF = 0;

    /// It has its CPU, and its next step is pending.
    static final byte RUNS = 1;

    /// It has its CPU, and looks at a word again and again.
    static final byte SPINS = 2;

    static final byte SLEEPS = 3;

    /// It sleeps, or is not there; that it comes is pending.
    static final byte COMES = 4;

    /// It would run, but its CPU does not let it in.
    static final byte READY = 5;

    /// Another has its CPU; [#left] says how far its next step was.
    static final byte PUT_OFF = 6;

    static final byte PUT_OFF_SPINNING = 7;

    /// A handler that would find nothing to do.
    static final byte WATCHES = 8;

    private static final int WRITER_SCRIPT = 0;
    private static final int READER_SCRIPT = 1;
    private static final int NO_WHEN = -1;

    /// How deep calls may be nested.
    static final int DEPTH = 4;

    final Script[] scripts;
    final Instr[][] code;
    final int[][] callbacks;
    final Distribution[][] extras;

    /// How many there are.
    final int count;

    /// The reader of CPU 0, who never runs.
    final int firstReader;

    final int[] script;

    /// The CPU; -1 for a timer, which has none.
    final int[] cpu;

    final int[] level;

    /// [Service.When] as a number; -1 for what is no handler.
    final int[] when;

    final byte[] state;
    final int[] pc;
    final int[] base;
    final int[] registers;
    final int[] calls;
    final int[] depth;
    final long[] left;

    /// When it was given its CPU, ns; what others took of it since is added.
    final long[] since;

    /// When it began to spin, ns.
    final long[] spinsSince;

    /// The task that has each CPU; -1 if none, or a reader that is not simulated.
    final int[] current;

    private Tasks(List<Script> made, List<Owner> owners, int cpus) {
        scripts = made.toArray(Script[]::new);
        code = made.stream().map(Script::code).toArray(Instr[][]::new);
        callbacks = made.stream().map(Script::callbacks).toArray(int[][]::new);
        extras =
                made.stream()
                        .map(s -> s.extras().toArray(Distribution[]::new))
                        .toArray(Distribution[][]::new);
        count = owners.size();
        firstReader = count - cpus;
        script = owners.stream().mapToInt(Owner::script).toArray();
        cpu = owners.stream().mapToInt(Owner::cpu).toArray();
        level = owners.stream().mapToInt(o -> o.level().ordinal()).toArray();
        when = owners.stream().mapToInt(Owner::when).toArray();
        state = new byte[count];
        pc = new int[count];
        base = new int[count];
        int all = 0;
        for (int t = 0; t < count; t++) {
            base[t] = all;
            all += scripts[script[t]].registers();
        }
        registers = new int[all];
        calls = new int[count * DEPTH];
        depth = new int[count];
        left = new long[count];
        since = new long[count];
        spinsSince = new long[count];
        current = new int[cpus];
    }

    /// Who runs a script.
    private record Owner(int script, int cpu, Level level, int when) {}

    static Tasks of(Scene scene, List<Service> services, Compiler compiler) {
        var made = new ArrayList<Script>();
        made.add(compiler.writer());
        made.add(compiler.reader());
        var owners = new ArrayList<Owner>();
        owners.add(new Owner(WRITER_SCRIPT, 0, Level.TASK, NO_WHEN));
        int cpus = scene.cpus();
        for (Service service : services) {
            int script = made.size();
            made.add(compiler.service(service));
            int when = service.when().map(Enum::ordinal).orElse(NO_WHEN);
            switch (service.where()) {
                case EVERY_CPU -> {
                    for (int c = 0; c < cpus; c++)
                        owners.add(new Owner(script, c, service.level(), when));
                }
                case LAST_CPU -> owners.add(new Owner(script, cpus - 1, service.level(), when));
                case BACKGROUND -> owners.add(new Owner(script, -1, service.level(), when));
            }
        }
        for (int c = 0; c < cpus; c++) owners.add(new Owner(READER_SCRIPT, c, Level.TASK, NO_WHEN));
        return new Tasks(made, owners, cpus);
    }

    void reset() {
        Arrays.fill(state, OFF);
        Arrays.fill(depth, 0);
        Arrays.fill(current, -1);
        for (int t = 0; t < count; t++) pc[t] = entry(t);
    }

    /// Where its program begins.
    int entry(int task) {
        return scripts[script[task]].entry();
    }

    /// The step that it is about to take.
    Instr at(int task) {
        return code[script[task]][pc[task]];
    }

    Script readers() {
        return scripts[READER_SCRIPT];
    }

    String name(int task) {
        return scripts[script[task]].name();
    }

    /// Whether it is a stopper.
    boolean stops(int task) {
        return level[task] == Level.STOP.ordinal();
    }

    boolean handles(int task) {
        return when[task] >= 0;
    }

    boolean handles(int task, Service.When what) {
        return when[task] == what.ordinal();
    }

    void push(int task, Instr caller) {
        if (depth[task] == DEPTH) throw new Broken(name(task) + " calls deeper than " + DEPTH);
        calls[task * DEPTH + depth[task]++] = caller.number;
    }

    /// The call that it comes back from.
    Instr pop(int task) {
        return code[script[task]][calls[task * DEPTH + --depth[task]]];
    }

    /// The calls that it has to come back from, the outermost first.
    int[] open(int task) {
        int from = task * DEPTH;
        return Arrays.copyOfRange(calls, from, from + depth[task]);
    }

    /// It has these calls to come back from.
    void open(int task, int[] callers) {
        System.arraycopy(callers, 0, calls, task * DEPTH, callers.length);
        depth[task] = callers.length;
    }
}
