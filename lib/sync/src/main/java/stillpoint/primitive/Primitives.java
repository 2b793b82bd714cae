package stillpoint.primitive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import stillpoint.evidence.Table;

/// Every waiting primitive, and what is found about it when it is asked: whether its implementation
/// refines its specification, whether its waits return, and what shows a planted mistake.
///
/// ```java
/// Primitives.findings("percpu_ref")
/// ```
public final class Primitives {
    private static final Map<String, Supplier<Primitive>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("spin lock, test and set", Locks::testAndSet);
        ALL.put("spin lock, tickets", Locks::ticket);
        ALL.put("completion", Completion::primitive);
        ALL.put("plain refcount", Refcount::primitive);
        ALL.put("SRCU", SleepableRcu::primitive);
        ALL.put("percpu_ref", PercpuRef::primitive);
        ALL.put("percpu_ref, switched", PercpuRef::switched);
        ALL.put("stop_machine, NULL", StopMachine::onOneCpu);
        ALL.put("stop_machine, cpu_online_mask", StopMachine::onEveryCpu);
        ALL.put("stop_machine, the mask of one other CPU", StopMachine::onAMask);
        ALL.put("stop_machine, hotplug lock", StopMachine::withHotplug);
        ALL.put("RCU, tree", TreeRcu::primitive);
        ALL.put("RCU, tree of any size", RcuOfAnySize::twoLeaves);
        ALL.put("RCU, tree of any size, one leaf", RcuOfAnySize::twice);
        ALL.put("RCU, tree of any size, verb by verb", RcuOfAnySize::verbByVerb);
        ALL.put("RCU, expedited", ExpeditedRcu::primitive);
        ALL.put("RCU, expedited, of any size", ScaledPrimitives::expedited);
    }

    private Primitives() {}

    /// Their names.
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /// Asks everything about one of them: seconds, for `RCU, tree` half a minute.
    ///
    /// @throws IllegalArgumentException if there is none of this name
    public static List<Finding> findings(String name) {
        return of(name).findings();
    }

    /// Asks everything about all of them: a minute or two.
    public static Table table() {
        return table(names());
    }

    /// Asks everything about some of them.
    ///
    /// @throws IllegalArgumentException if there is none of such a name
    public static Table table(List<String> some) {
        return Table.of(
                "Each waiting primitive against its specification",
                List.of("primitive", "question", "bounds", "answer", "states", "shown by"),
                some.stream()
                        .flatMap(name -> findings(name).stream())
                        .map(f ->
                                List.of(
                                        f.primitive(),
                                        f.question(),
                                        f.bounds().toString(),
                                        f.answer(),
                                        f.states(),
                                        f.shown()))
                        .toList());
    }

    static Primitive of(String name) {
        Supplier<Primitive> primitive = ALL.get(name);
        if (primitive == null)
            throw new IllegalArgumentException(
                    name + ": the primitives are " + String.join("; ", names()));
        return primitive.get();
    }
}
