package stillpoint.check;

import java.util.ArrayList;
import java.util.List;
import stillpoint.program.Kind;
import stillpoint.program.Operand;
import stillpoint.program.Step;

/// How far a transition has come: the state, whose step it is, and the registers of that task.
///
/// The callback of a stop on one CPU runs inside the transition of its caller, which is kept here
/// until the callback ends.
final class Way {
    /// In place of a location: the pointer to the object is NULL, or points to a freed one.
    static final int NOTHING = -1;

    static final int GONE = -2;

    private static final Step.Update[] UPDATES = Step.Update.values();

    /// How a place is found.
    enum Which {
        ONLY,
        OBJECT,
        MINE,
        OF_CPU
    }

    private final Layout layout;
    private final int cpus;
    private final int[] callbackEntries;
    private final boolean watching;
    private final List<Engine.Taken> trail = new ArrayList<>();

    /// Runs a callback inside; as `caller`, it says that none does.
    private final Task inline;

    final long[] state;
    Task task;
    int[] registers = {};
    private Task caller;
    private int[] callersRegisters = {};
    private Instr callersNext;

    /// @param watching whether [#trail] is kept
    Way(Compiled compiled, boolean watching) {
        this.layout = compiled.layout;
        this.cpus = compiled.cpus();
        this.callbackEntries = compiled.callbackEntries;
        this.watching = watching;
        this.inline = compiled.inline;
        this.state = new long[layout.words];
        this.task = inline;
        this.caller = inline;
        this.callersNext = compiled.tasks[0].code[0];
    }

    // ---- where it begins, and again

    /// Begins at a state.
    void from(long[] at) {
        for (int w = 0; w < state.length; w++) state[w] = at[w];
    }

    /// Begins with a task, whose registers are still to be filled.
    void of(Task running) {
        task = running;
        registers = running.buffer;
        caller = inline;
        if (watching) trail.clear();
    }

    /// What has to be as it was before another way is gone.
    record Saved(
            long[] state,
            Task task,
            int[] registers,
            Task caller,
            int[] callersRegisters,
            Instr callersNext,
            int taken) {}

    Saved save() {
        return new Saved(
                state.clone(),
                task,
                registers.clone(),
                caller,
                callersRegisters.clone(),
                callersNext,
                trail.size());
    }

    void restore(Saved saved) {
        from(saved.state);
        task = saved.task;
        registers = saved.registers.clone();
        caller = saved.caller;
        callersRegisters = saved.callersRegisters.clone();
        callersNext = saved.callersNext;
        trail.subList(saved.taken, trail.size()).clear();
    }

    // ---- a callback inside

    /// Whether the callback of a stop runs inside.
    boolean inside() {
        return caller != inline;
    }

    /// Whose transition it is: a callback inside belongs to the caller of the stop.
    Task whose() {
        return inside() ? caller : task;
    }

    /// Goes into the callback of a stop; gives its first instruction.
    Instr enterCallback(Instr stop) {
        caller = task;
        callersRegisters = registers;
        callersNext = stop.next;
        task = inline;
        registers = new int[task.registers()];
        return task.code[callbackEntries[stop.detail]];
    }

    /// Goes back to the caller; gives what comes next there.
    Instr leaveCallback() {
        task = caller;
        registers = callersRegisters;
        caller = inline;
        return callersNext;
    }

    // ---- registers and places

    int value(int kind, int number) {
        return switch (kind) {
            case Operand.CONST -> number;
            case Operand.REG -> registers[number];
            default -> cpus;
        };
    }

    void put(Instr i, int value) {
        if (i.register >= 0) registers[i.register] = value;
    }

    void set(Instr i, int at, int value) {
        int before = layout.get(state, at);
        layout.set(state, at, value);
        watch(i, at, before, layout.kept(at, value));
    }

    /// Where the instruction reads or writes; [#NOTHING] or [#GONE].
    int locate(Instr i) {
        return switch (i.which) {
            case ONLY -> i.location;
            case MINE -> i.location + task.cpu(state);
            case OF_CPU -> i.location + value(i.whichKind, i.whichValue);
            case OBJECT -> {
                int object = value(i.whichKind, i.whichValue);
                if (object == Kind.NULL) yield NOTHING;
                yield object == i.dangling ? GONE : i.location + object - 1;
            }
        };
    }

    /// What a cell has after an update of `old`.
    int updated(Instr i, int old) {
        int operand = value(i.rightKind, i.rightValue);
        return switch (UPDATES[i.detail]) {
            case CMPXCHG -> old == value(i.leftKind, i.leftValue) ? operand : old;
            case XCHG -> operand;
            case ADD -> old + operand;
            case ADD_UNLESS_ZERO -> old == 0 ? 0 : old + operand;
            case OR -> old | operand;
            case AND_NOT -> old & ~operand;
        };
    }

    /// The number of the kind that a comparison of pointers is about.
    int kind(Instr comparison) {
        boolean left = comparison.leftKind == Operand.REG;
        return task.registerKinds[left ? comparison.leftValue : comparison.rightValue];
    }

    /// Every pointer in a register that points to this object becomes `to`.
    void redirect(int kind, int object, int to) {
        redirect(task, registers, kind, object, to);
        if (inside()) redirect(caller, callersRegisters, kind, object, to);
    }

    private static void redirect(Task of, int[] registers, int kind, int object, int to) {
        for (int r = 0; r < registers.length; r++)
            if (of.registerKinds[r] == kind && registers[r] == object) registers[r] = to;
    }

    // ---- what was done

    void watch(Instr i) {
        watch(i, -1, 0, 0);
    }

    void watch(Instr i, int location, int before, int after) {
        if (watching) trail.add(new Engine.Taken(task, i, location, before, after));
    }

    /// The instructions so far.
    List<Engine.Taken> trail() {
        return List.copyOf(trail);
    }
}
