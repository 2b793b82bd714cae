package stillpoint.program;

/// What a step works on: a constant, a register of its task, or the number of CPUs of the machine
/// that runs it.
public sealed interface Operand {
    /// A value known while recording.
    record Const(int value) implements Operand {
        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    /// A register, written by exactly one step of the recording.
    record Reg(int number) implements Operand {
        @Override
        public String toString() {
            return "r" + number;
        }
    }

    /// How many CPUs there are: known to the machine, not to the graph.
    record CpuCount() implements Operand {
        @Override
        public String toString() {
            return "nr_cpus";
        }
    }

    /// The constant `value`.
    static Operand of(int value) {
        return new Const(value);
    }
}
