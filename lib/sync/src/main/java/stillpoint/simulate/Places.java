package stillpoint.simulate;

import java.util.Arrays;
import java.util.List;
import stillpoint.program.Kind;
import stillpoint.program.Memory;
import stillpoint.program.Operand;
import stillpoint.program.Question;
import stillpoint.program.Step;
import stillpoint.program.Val;
import stillpoint.program.Variable;

/// What a step of the task at hand means: which place it is about, what its operands are, and which
/// objects there are.
///
/// A hot core: mutable, one thread.
final class Places {
    private static final Question.Relation[] RELATIONS = Question.Relation.values();
    private static final Step.Update[] UPDATES = Step.Update.values();
    private static final Step.Arithmetic[] ARITHMETIC = Step.Arithmetic.values();

    private final Cells cells;
    private final Tasks tasks;
    private final Memory memory;
    private final int[] value;
    private final int[] registers;
    private final int block;
    private final int cpus;
    private final boolean[][] alive;

    /// Whether the fault that a CPU's reader is in began after the writer did.
    final boolean[] second;

    private int base;
    private boolean reading;

    Places(Scene scene, Cells cells, Tasks tasks) {
        this.cells = cells;
        this.tasks = tasks;
        this.memory = scene.memory();
        this.cpus = scene.cpus();
        this.value = cells.value;
        this.block = cells.block;
        this.registers = tasks.registers;
        this.second = new boolean[cpus];
        alive =
                memory.kinds().stream()
                        .map(k -> new boolean[k.slots() + 1])
                        .toArray(boolean[][]::new);
    }

    void reset() {
        Arrays.fill(second, false);
        objects();
    }

    /// The objects are those that there are at the start.
    void objects() {
        List<Kind> kinds = memory.kinds();
        for (int k = 0; k < alive.length; k++) {
            Arrays.fill(alive[k], false);
            for (int o = 1; o <= memory.initialObjects(kinds.get(k)); o++) alive[k][o] = true;
        }
    }

    /// From here on it is about this task.
    void of(int task) {
        base = tasks.base[task];
        reading = task >= tasks.firstReader;
    }

    int register(int number) {
        return registers[base + number];
    }

    void set(int register, int to) {
        if (register >= 0) registers[base + register] = to;
    }

    int left(Instr i) {
        return operand(i.leftKind, i.leftValue);
    }

    int which(Instr i) {
        return operand(i.whichKind, i.whichValue);
    }

    private int right(Instr i) {
        return operand(i.rightKind, i.rightValue);
    }

    private int operand(int kind, int number) {
        return switch (kind) {
            case Operand.CONST -> number;
            case Operand.REG -> registers[base + number];
            default -> cpus;
        };
    }

    void compute(Instr i) {
        registers[base + i.register] = Val.apply(ARITHMETIC[i.detail], left(i), right(i), i.bits);
    }

    boolean holds(Instr i) {
        return Question.holds(RELATIONS[i.detail], left(i), right(i));
    }

    int updated(Instr i, int old) {
        int operand = right(i);
        int fresh =
                switch (UPDATES[i.detail]) {
                    case CMPXCHG -> old == left(i) ? operand : old;
                    case XCHG -> operand;
                    case ADD -> old + operand;
                    case ADD_UNLESS_ZERO -> old == 0 ? 0 : old + operand;
                    case OR -> old | operand;
                    case AND_NOT -> old & ~operand;
                };
        return fresh & (1 << i.bits) - 1;
    }

    /// The place of a step that a task on this CPU takes.
    int locate(Instr i, int cpu) {
        int place = first(i, cpu);
        return i.twin > 0 && reading && second[cpu] ? place + i.twin : place;
    }

    private int first(Instr i, int cpu) {
        return switch (i.which) {
            case ONLY -> i.location;
            case MINE -> i.location + cpu * block;
            case OF_CPU -> i.location + which(i) * block;
            case OBJECT -> i.location + object(i, reading && second[cpu]) - 1;
            case OWN_OBJECT -> i.location + object(i, reading) - 1 + (reading ? cpu * block : 0);
        };
    }

    /// Where a CPU's reader finds a variable that it shares.
    int shared(Variable v, int cpu) {
        return cells.location(v)
                + (v.perCpu() ? cpu * block : 0)
                + (second[cpu] ? cells.twin(v) : 0);
    }

    /// @param elsewhere whether it is one of another device, which nobody frees
    private int object(Instr i, boolean elsewhere) {
        int object = which(i);
        if (object == Kind.NULL) throw new Broken("NULL dereference at " + i.node.site());
        if (!elsewhere && !alive[i.owner][object])
            throw new Broken("use after free at " + i.node.site());
        return object;
    }

    int allocate(int kind) {
        boolean[] slots = alive[kind];
        for (int o = 1; o < slots.length; o++)
            if (!slots[o]) {
                slots[o] = true;
                return o;
            }
        throw new Broken("no room for another " + memory.kinds().get(kind));
    }

    void free(Instr i) {
        int object = left(i);
        if (object == Kind.NULL) return;
        if (!alive[i.detail][object]) throw new Broken("double free at " + i.node.site());
        alive[i.detail][object] = false;
    }
}
