package stillpoint.program;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/// Writes down what a verb of [Cpu] does: the step, the register for what it gives, and operands
/// that have been looked at.
final class Scribe {
    private final Recording recording;

    Scribe(Recording recording) {
        this.recording = recording;
    }

    /// A step that gives a word of so many bits.
    Val word(int bits, IntFunction<Step> step) {
        int register = recording.register(Register.word(bits));
        recording.step(step.apply(register), register);
        return new Val(new Operand.Reg(register), bits, recording);
    }

    /// A register of so many bits that may be assigned again; gives its number.
    int variable(int bits, int initial) {
        int register = recording.register(Register.word(bits));
        recording.step(
                new Step.Compute(
                        register, Step.Arithmetic.COPY, Operand.of(initial), Operand.of(0), bits),
                register);
        return register;
    }

    /// Nothing for a callback that does nothing.
    static Optional<Flow> callback(Consumer<Cpu> body) {
        Flow flow = Recorder.callback(body).flow();
        boolean empty = flow.nodes().get(flow.entry()).step() instanceof Step.End;
        return empty ? Optional.empty() : Optional.of(flow);
    }

    void gracePeriod(GracePeriod kind) {
        recording.maySleep(kind.verb() + "()");
        visible(new Step.GraceBegin(kind));
        visible(new Step.GraceEnd(kind));
    }

    @SuppressWarnings("unchecked")
    <V extends Value> V load(Cell<V> cell, Order order) {
        Variable variable = cell.place().variable();
        int register = recording.register(new Register(variable.bits(), variable.pointee()));
        recording.step(new Step.Read(register, own(cell.place()), order), register);
        Operand operand = new Operand.Reg(register);
        return (V)
                variable.pointee()
                        .<Value>map(kind -> new Ptr(operand, kind, recording))
                        .orElseGet(() -> new Val(operand, variable.bits(), recording));
    }

    void store(Place place, Val value, Order order) {
        visible(new Step.Write(own(place), recording.own(value), order));
    }

    void store(Place place, Ptr value, Order order) {
        visible(new Step.Write(own(place), recording.own(value), order));
    }

    Val modify(Cell<Val> cell, Step.Update update, Val expected, Val value, Order order) {
        int bits = cell.place().variable().bits();
        return word(
                bits,
                r ->
                        new Step.Modify(
                                r,
                                own(cell.place()),
                                update,
                                recording.own(expected),
                                recording.own(value),
                                order));
    }

    static Val minusOne(Cell<Val> cell) {
        return Val.of((1 << cell.place().variable().bits()) - 1);
    }

    /// A step that gives nothing.
    void visible(Step step) {
        recording.step(step, -1);
    }

    /// The place, if what it is found by is a value of this task.
    Place own(Place place) {
        switch (place.which()) {
            case Place.Which.Only _, Place.Which.Mine _ -> {}
            case Place.Which.Of(Operand object) -> recording.known(object);
            case Place.Which.OfCpu(Operand cpu) -> recording.known(cpu);
        }
        return place;
    }

    /// The values for which `wanted` holds, one bit each.
    long values(int bits, Predicate<Val> wanted) {
        if (bits > 6)
            throw new RecordingException(
                    "at "
                            + Site.ofCaller()
                            + " a wait on "
                            + bits
                            + " bits: a cell that is waited for has at most 6; give it fewer, or wait in a cpu.loop(...)");
        return recording.constantsOnly(() -> {
            long values = 0;
            for (int v = 0; v < 1 << bits; v++) if (wanted.test(Val.of(v))) values |= 1L << v;
            return values;
        });
    }
}
