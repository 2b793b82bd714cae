package stillpoint.check;

import java.util.Arrays;
import stillpoint.machine.Agent;
import stillpoint.machine.Level;
import stillpoint.machine.Model;

/// A task, or the stopper of a CPU: its code, and where a packed state keeps where it rests.
///
/// It keeps the number of the node it rests at plus one, 0 for none (a stopper that is idle, a task
/// that a fault has ended), then the live registers of that node.
final class Task {
    private final Layout layout;
    private final int offset;
    private final int pcBits;
    private final int word;
    private final int shift;
    private final long pcMask;
    private final int[] registerBits;
    private final long[] registerMask;
    private final long mask;
    private final int entry;
    private final boolean repeats;
    private final boolean optional;

    /// Its number among the tasks, which is its column in a trace; a stopper has that of the first
    /// task of its CPU.
    final int id;

    /// The CPU whose block keeps it; it runs there unless it has migrated.
    final int cpu;

    private final int cpuLocation;
    final boolean stopper;
    final Level level;
    final Instr[] code;
    final Instr[] resting;

    /// For each register the number of the kind it points to, or -1.
    final int[] registerKinds;

    /// Holds the registers of a transition under way; what is not live in it is left over from
    /// others.
    final int[] buffer;

    /// The other tasks on its CPU; where tasks migrate, all others.
    Task[] neighbours = {};

    private Task(
            Code code, Layout layout, int id, int cpu, boolean stopper, Agent agent, int entry) {
        this.layout = layout;
        this.id = id;
        this.cpu = cpu;
        this.stopper = stopper;
        this.cpuLocation = stopper ? -1 : layout.cpuLocation[id];
        this.offset = stopper ? layout.stopperOffset[cpu] : layout.taskOffset[id];
        this.entry = entry;
        this.level = stopper ? Level.STOP : agent.level();
        this.repeats = !stopper && agent.repeats();
        this.optional = !stopper && agent.optional();
        this.code = code.instructions();
        this.resting = code.resting();
        this.pcBits = code.pcBits();
        this.registerBits = code.registerBits();
        this.registerKinds = code.registerKinds();
        this.buffer = new int[registerBits.length];
        this.word = layout.blockWord[cpu];
        this.shift = layout.blockShift[cpu] + offset;
        this.pcMask = Layout.ones(pcBits);
        this.registerMask = Arrays.stream(registerBits).mapToLong(Layout::ones).toArray();
        this.mask = Layout.ones(stopper ? layout.stopperBits : layout.taskBits[id]) << shift;
    }

    /// The task with this number, which begins at an instruction of its code.
    static Task of(Model model, Layout layout, int id, Code code, int entry) {
        Model.Place place = model.tasks().get(id);
        Agent agent = model.agents().get(place.agent());
        return new Task(code, layout, id, place.cpu(), false, agent, entry);
    }

    /// The stopper of a CPU.
    static Task stopper(Model model, Layout layout, int cpu, Code code) {
        return new Task(code, layout, cpu, cpu, true, model.agents().getFirst(), 0);
    }

    int registers() {
        return registerBits.length;
    }

    /// The number of the node it rests at; -1 if it is not active.
    int at(long[] state) {
        return (int) (state[word] >>> shift & pcMask) - 1;
    }

    boolean active(long[] state) {
        return at(state) >= 0;
    }

    /// Where it rests; only for an active one.
    Instr node(long[] state) {
        return resting[at(state)];
    }

    /// Whether it is at its end, or ended by a fault, or need not begin.
    boolean over(long[] state) {
        if (!active(state)) return true;
        Instr at = node(state);
        return at.op == Transition.Op.END || optional && at == code[entry];
    }

    /// Whether a run has to go on with it: nobody waits for an optional one.
    boolean required() {
        return !optional;
    }

    /// Whether the others on its CPU let it run.
    boolean mayRun(long[] state) {
        for (Task other : neighbours)
            if (other.active(state)
                    && (other.node(state).admits >>> level.ordinal() & 1) == 0
                    && beside(state, other)) return false;
        return true;
    }

    /// Whether another task is on its CPU now.
    boolean beside(long[] state, Task other) {
        return cpu(state) == other.cpu(state);
    }

    /// The CPU it is on.
    int cpu(long[] state) {
        return cpuLocation < 0 ? cpu : layout.get(state, cpuLocation);
    }

    /// Whether the scheduler may move it now.
    boolean mayMigrate(long[] state) {
        return cpuLocation >= 0 && active(state) && !holdsOffStop(state);
    }

    /// Moves it.
    void migrate(long[] state, int to) {
        layout.set(state, cpuLocation, to);
    }

    /// Whether the stopper cannot run on its CPU because of it.
    boolean holdsOffStop(long[] state) {
        return active(state) && (node(state).admits >>> Level.STOP.ordinal() & 1) == 0;
    }

    /// Puts it where it begins.
    void begin(long[] state) {
        if (cpuLocation >= 0) migrate(state, cpu);
        rest(state, code[entry], new int[registers()]);
    }

    /// Where it is when it comes to rest at an instruction: one that repeats is at its beginning.
    Instr restingAt(Instr i) {
        return repeats && i.op == Transition.Op.END ? code[entry] : i;
    }

    /// Fills in the registers that are live where it rests.
    void load(long[] state, Instr node, int[] registers) {
        long kept = state[word] >>> shift >>> pcBits;
        for (int r : node.live) {
            registers[r] = (int) (kept & registerMask[r]);
            kept >>>= registerBits[r];
        }
    }

    void rest(long[] state, Instr node, int[] registers) {
        long packed = node.pc + 1L;
        int at = pcBits;
        for (int r : node.live) {
            packed |= (registers[r] & registerMask[r]) << at;
            at += registerBits[r];
        }
        state[word] = state[word] & ~mask | packed << shift & mask;
    }

    void stop(long[] state) {
        state[word] &= ~mask;
    }

    /// Rewrites every live register that points to `slot` of `kind`.
    void redirect(long[] state, int kind, int slot, int to) {
        if (!active(state)) return;
        int at = offset + pcBits;
        for (int r : node(state).live) {
            if (registerKinds[r] == kind && layout.part(state, cpu, at, registerBits[r]) == slot)
                layout.setPart(state, cpu, at, registerBits[r], to);
            at += registerBits[r];
        }
    }

    /// Whether the same task of another form of the model runs the same code.
    boolean alike(Task other) {
        if (code.length != other.code.length || entry != other.entry) return false;
        for (int i = 0; i < code.length; i++) if (!code[i].alike(other.code[i])) return false;
        return true;
    }
}
