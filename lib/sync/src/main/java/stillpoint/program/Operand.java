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

    /// How a flattened graph keeps an operand, which its hot loop reads: as two numbers, of which
    /// this is the first for a constant.
    int CONST = 0;

    /// For a register.
    int REG = 1;

    /// For the number of CPUs.
    int CPU_COUNT = 2;

    /// The first of the two numbers: what it is.
    default int kind() {
        return switch (this) {
            case Const _ -> CONST;
            case Reg _ -> REG;
            case CpuCount _ -> CPU_COUNT;
        };
    }

    /// The second: the constant, or the number of the register.
    default int value() {
        return switch (this) {
            case Const(int value) -> value;
            case Reg(int number) -> number;
            case CpuCount _ -> 0;
        };
    }

    /// The constant `value`.
    static Operand of(int value) {
        return new Const(value);
    }
}
