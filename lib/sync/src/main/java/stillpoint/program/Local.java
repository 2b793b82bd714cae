package stillpoint.program;

/// A variable of one task that keeps its value around a loop and out of an arm, where a Java
/// variable may not.
public final class Local {
    private final Recording recording;
    private final int register;
    private final int bits;

    Local(Recording recording, int register, int bits) {
        this.recording = recording;
        this.register = register;
        this.bits = bits;
    }

    /// Its value now.
    public Val get() {
        return recording.compute(Step.Arithmetic.COPY, value(), Val.of(0));
    }

    /// Gives it a new value.
    public void set(Val value) {
        recording.assign(register, value);
    }

    /// Gives it a new value.
    public void set(int value) {
        set(Val.of(value));
    }

    private Val value() {
        return new Val(new Operand.Reg(register), bits, recording);
    }
}
