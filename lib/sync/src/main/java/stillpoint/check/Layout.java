package stillpoint.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stillpoint.machine.Model;
import stillpoint.program.Kind;
import stillpoint.program.Memory;
import stillpoint.program.Variable;

/// Where everything is in a packed state: cells first, then one block a CPU. Nothing straddles a
/// word.
///
/// A CPU's block holds its tasks (node and live registers), its stopper, its copies of the per-CPU
/// cells, and for each task one mark for each grace period that still waits for it. Arrays, because
/// the hot loop reads them by number.
final class Layout {
    private final Map<Variable, Integer> first = new HashMap<>();
    private final List<int[]> locations = new ArrayList<>();
    private final List<Kind> kinds;
    private final int[] aliveFirst;
    private int word;
    private int bit;

    /// For each location one number, so that a look at a cell costs one load: the word from bit 11
    /// on, 32 less the width in bits 6 to 10, the shift in bits 0 to 5.
    private final int[] places;

    final int[] blockWord;
    final int[] blockShift;
    final int[] blockBits;
    final int[] taskBits;

    /// Where a task is in the block of its CPU.
    final int[] taskOffset;

    final int[] stopperOffset;

    /// Where the number of the CPU of a task is kept; -1 if it never migrates.
    final int[] cpuLocation;

    final int stopperBits;
    final int waiters;
    final int[] markLocation;
    final int words;
    final int bits;

    Layout(Model model, int[] bitsOfTask, int stopperBits, int waiters) {
        Memory memory = model.memory();
        List<Model.Place> tasks = model.tasks();
        this.kinds = memory.kinds();
        this.taskBits = bitsOfTask;
        this.taskOffset = new int[tasks.size()];
        this.stopperOffset = new int[model.cpus()];
        this.stopperBits = stopperBits;
        this.waiters = waiters;
        int cpus = model.cpus();
        aliveFirst = new int[kinds.size()];
        for (Variable v : memory.variables()) {
            if (v.perCpu()) continue;
            first.put(v, locations.size());
            int copies = v.owner().map(Kind::slots).orElse(1);
            for (int c = 0; c < copies; c++) place(v.bits());
        }
        for (int k = 0; k < kinds.size(); k++) {
            aliveFirst[k] = locations.size();
            for (int c = 0; c < kinds.get(k).slots(); c++) place(1);
        }
        cpuLocation = new int[tasks.size()];
        for (int t = 0; t < cpuLocation.length; t++) {
            boolean migrates = model.agents().get(tasks.get(t).agent()).migrates();
            cpuLocation[t] = migrates ? locations.size() : -1;
            if (migrates) place(32 - Integer.numberOfLeadingZeros(cpus - 1 | 1));
        }
        List<Variable> perCpu = memory.variables().stream().filter(Variable::perCpu).toList();
        int perCpuBits = perCpu.stream().mapToInt(Variable::bits).sum();
        blockWord = new int[cpus];
        blockShift = new int[cpus];
        blockBits = new int[cpus];
        markLocation = new int[waiters];
        var perCpuPlaces = new int[perCpu.size()][cpus][];
        var markPlaces = new int[waiters][tasks.size()][];
        for (int cpu = 0; cpu < cpus; cpu++) {
            int size = stopperBits + perCpuBits;
            for (int t = 0; t < tasks.size(); t++)
                if (tasks.get(t).cpu() == cpu) size += taskBits[t] + waiters;
            if (size > 64)
                throw new TooLarge(
                        "a CPU needs "
                                + size
                                + " bits of state, and a block has 64: keep fewer registers"
                                + " alive, use smaller cells, or fewer per-CPU ones");
            if (bit + size > 64) {
                word++;
                bit = 0;
            }
            blockWord[cpu] = word;
            blockShift[cpu] = bit;
            blockBits[cpu] = size;
            int at = bit;
            for (int t = 0; t < tasks.size(); t++) {
                if (tasks.get(t).cpu() != cpu) continue;
                taskOffset[t] = at - bit;
                at += taskBits[t];
            }
            stopperOffset[cpu] = at - bit;
            at += stopperBits;
            for (int p = 0; p < perCpu.size(); p++) {
                perCpuPlaces[p][cpu] = new int[] {word, at, (1 << perCpu.get(p).bits()) - 1};
                at += perCpu.get(p).bits();
            }
            for (int w = 0; w < waiters; w++)
                for (int t = 0; t < tasks.size(); t++)
                    if (tasks.get(t).cpu() == cpu) markPlaces[w][t] = new int[] {word, at++, 1};
            bit += size;
        }
        for (int p = 0; p < perCpu.size(); p++) {
            first.put(perCpu.get(p), locations.size());
            for (int cpu = 0; cpu < cpus; cpu++) locations.add(perCpuPlaces[p][cpu]);
        }
        for (int w = 0; w < waiters; w++) {
            markLocation[w] = locations.size();
            for (int[] place : markPlaces[w]) locations.add(place);
        }
        words = word + 1;
        bits = word * 64 + bit;
        places =
                locations.stream()
                        .mapToInt(l -> l[0] << 11 | 32 - Integer.bitCount(l[2]) << 6 | l[1])
                        .toArray();
    }

    /// A model that does not fit in a state.
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;

        TooLarge(String reason) {
            super(reason);
            this.reason = reason;
        }

        /// What does not fit, and the way on.
        String reason() {
            return reason;
        }
    }

    private void place(int size) {
        if (bit + size > 64) {
            word++;
            bit = 0;
        }
        locations.add(new int[] {word, bit, (1 << size) - 1});
        bit += size;
    }

    /// The location of the first copy of a variable; the others follow.
    int location(Variable variable) {
        Integer at = first.get(variable);
        if (at == null)
            throw new IllegalArgumentException(
                    variable
                            + " is not declared in the model's memory: declare it before the model is made");
        return at;
    }

    /// The location of the bit that says whether slot 0 of a kind is alive; the other slots follow.
    int alive(int kind) {
        return aliveFirst[kind];
    }

    int get(long[] state, int location) {
        int place = places[location];
        return (int) (state[place >>> 11] >>> place) & mask(place);
    }

    void set(long[] state, int location, int value) {
        int place = places[location];
        long mask = (long) mask(place) << place;
        state[place >>> 11] = state[place >>> 11] & ~mask | (long) value << place & mask;
    }

    /// What of `value` a location keeps.
    int kept(int location, int value) {
        return value & mask(places[location]);
    }

    private static int mask(int place) {
        return -1 >>> (place >>> 6);
    }

    /// The block of a CPU as one number.
    long block(long[] state, int cpu) {
        return state[blockWord[cpu]] >>> blockShift[cpu] & ones(blockBits[cpu]);
    }

    void setBlock(long[] state, int cpu, long value) {
        long mask = ones(blockBits[cpu]) << blockShift[cpu];
        int w = blockWord[cpu];
        state[w] = state[w] & ~mask | value << blockShift[cpu] & mask;
    }

    /// What a CPU's task or stopper keeps: `offset` bits into its block.
    long part(long[] state, int cpu, int offset, int size) {
        return size == 0 ? 0 : state[blockWord[cpu]] >>> blockShift[cpu] + offset & ones(size);
    }

    void setPart(long[] state, int cpu, int offset, int size, long value) {
        if (size == 0) return;
        long mask = ones(size) << blockShift[cpu] + offset;
        int w = blockWord[cpu];
        state[w] = state[w] & ~mask | value << blockShift[cpu] + offset & mask;
    }

    static long ones(int bits) {
        return bits >= 64 ? -1L : (1L << bits) - 1;
    }
}
