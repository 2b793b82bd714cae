package stillpoint.check;

/// A task of one CPU, or its stopper: its code, and where a packed state keeps where it rests.
///
/// It keeps the number of the node it rests at plus one, 0 for none (a stopper that is idle, a task
/// that a fault has ended), then the live registers of that node.
final class Task {
    private final Layout layout;
    private final int offset;
    private final int pcBits;
    private final int[] registerBits;
    private final int size;

    final int cpu;
    final boolean stopper;
    final Instr[] code;
    final Instr[] resting;

    /// For each register the number of the kind it points to, or -1.
    final int[] registerKinds;

    /// Holds the registers of a transition under way; what is not live in it is left over from
    /// others.
    final int[] buffer;

    Task(Code code, Layout layout, int cpu, int offset, boolean stopper) {
        this.layout = layout;
        this.offset = offset;
        this.cpu = cpu;
        this.stopper = stopper;
        this.code = code.instructions();
        this.resting = code.resting();
        this.pcBits = code.pcBits();
        this.size = stopper ? layout.stopperBits : layout.taskBits[cpu];
        this.registerBits = code.registerBits();
        this.registerKinds = code.registerKinds();
        this.buffer = new int[registerBits.length];
    }

    int registers() {
        return registerBits.length;
    }

    boolean active(long[] state) {
        return layout.part(state, cpu, offset, pcBits) != 0;
    }

    /// Where it rests; only for an active one.
    Instr node(long[] state) {
        return resting[(int) layout.part(state, cpu, offset, pcBits) - 1];
    }

    /// Whether it is at its end, or ended by a fault.
    boolean over(long[] state) {
        return !active(state) || node(state).op == Instr.Op.END;
    }

    /// Fills in the registers that are live where it rests.
    void load(long[] state, Instr node, int[] registers) {
        int at = offset + pcBits;
        for (int r : node.live) {
            registers[r] = (int) layout.part(state, cpu, at, registerBits[r]);
            at += registerBits[r];
        }
    }

    void rest(long[] state, Instr node, int[] registers) {
        long packed = node.pc + 1L;
        int at = pcBits;
        for (int r : node.live) {
            packed |= (registers[r] & Layout.ones(registerBits[r])) << at;
            at += registerBits[r];
        }
        layout.setPart(state, cpu, offset, size, packed);
    }

    void stop(long[] state) {
        layout.setPart(state, cpu, offset, size, 0);
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
}
