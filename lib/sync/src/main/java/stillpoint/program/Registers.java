package stillpoint.program;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/// Which registers a step uses and defines, and the same step over other registers.
public final class Registers {
    private Registers() {}

    /// Every operand a step reads.
    public static List<Operand> uses(Step step) {
        var operands = new ArrayList<Operand>();
        rename(
                step,
                operand -> {
                    operands.add(operand);
                    return operand;
                },
                r -> r);
        return operands;
    }

    /// The register a step writes.
    public static OptionalInt definition(Step step) {
        return switch (step) {
            case Step.Read s -> of(s.register());
            case Step.Modify s -> of(s.register());
            case Step.Allocate s -> of(s.register());
            case Step.SpinUntil s -> of(s.register());
            case Step.Choose s -> of(s.register());
            case Step.Interrupted s -> of(s.register());
            case Step.OnlineMask s -> of(s.register());
            case Step.NextCpu s -> of(s.cpu());
            case Step.Compute s -> of(s.register());
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt of(int register) {
        return register < 0 ? OptionalInt.empty() : OptionalInt.of(register);
    }

    /// The step with every operand and every defined register replaced.
    public static Step rename(
            Step step, UnaryOperator<Operand> use, UnaryOperator<Integer> define) {
        return switch (step) {
            case Step.Read s ->
                    new Step.Read(define.apply(s.register()), place(s.place(), use), s.order());
            case Step.Write s ->
                    new Step.Write(place(s.place(), use), use.apply(s.value()), s.order());
            case Step.Modify s -> {
                Place place = place(s.place(), use);
                Operand expected = use.apply(s.expected());
                Operand value = use.apply(s.value());
                yield new Step.Modify(
                        define.apply(s.register()), place, s.update(), expected, value, s.order());
            }
            case Step.SpinAcquire s -> new Step.SpinAcquire(place(s.lock(), use));
            case Step.SpinRelease s -> new Step.SpinRelease(place(s.lock(), use));
            case Step.MutexAcquire s -> new Step.MutexAcquire(place(s.lock(), use));
            case Step.MutexRelease s -> new Step.MutexRelease(place(s.lock(), use));
            case Step.Allocate s -> new Step.Allocate(define.apply(s.register()), s.kind());
            case Step.Free s -> new Step.Free(use.apply(s.object()), s.kind());
            case Step.SpinUntil s ->
                    new Step.SpinUntil(
                            define.apply(s.register()), place(s.place(), use), s.values());
            case Step.SleepUntil s -> new Step.SleepUntil(place(s.place(), use), s.values());
            case Step.Choose s -> new Step.Choose(define.apply(s.register()), s.label());
            case Step.Interrupted s -> new Step.Interrupted(define.apply(s.register()));
            case Step.OnlineMask s -> new Step.OnlineMask(define.apply(s.register()));
            case Step.NextCpu s -> {
                Operand visited = use.apply(new Operand.Reg(s.visited()));
                int renamed = visited instanceof Operand.Reg(int number) ? number : s.visited();
                yield new Step.NextCpu(define.apply(s.cpu()), renamed, s.mask());
            }
            case Step.Compute s -> {
                Operand left = use.apply(s.left());
                Operand right = use.apply(s.right());
                yield new Step.Compute(define.apply(s.register()), s.op(), left, right, s.bits());
            }
            case Step.Branch s ->
                    new Step.Branch(
                            new Question(
                                    s.question().relation(),
                                    use.apply(s.question().left()),
                                    use.apply(s.question().right())));
            case Step.Fence s -> s;
            case Step.Enter s -> s;
            case Step.Leave s -> s;
            case Step.GraceBegin s -> s;
            case Step.GraceEnd s -> s;
            case Step.StopMachine s ->
                    new Step.StopMachine(s.mask(), s.callback(), s.copied().map(use));
            case Step.Schedule s -> s;
            case Step.Nop s -> s;
            case Step.Event s -> s;
            case Step.Sometimes s -> s;
            case Step.Note s -> s;
            case Step.AtomicSleep s -> s;
            case Step.Fail s -> s;
            case Step.End s -> s;
        };
    }

    private static Place place(Place place, UnaryOperator<Operand> use) {
        return switch (place.which()) {
            case Place.Which.Only _ -> place;
            case Place.Which.Mine _ -> place;
            case Place.Which.Of(Operand object) ->
                    new Place(place.variable(), new Place.Which.Of(use.apply(object)));
            case Place.Which.OfCpu(Operand cpu) ->
                    new Place(place.variable(), new Place.Which.OfCpu(use.apply(cpu)));
        };
    }
}
