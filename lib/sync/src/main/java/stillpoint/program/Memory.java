package stillpoint.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The declarations of one model: its cells, its kinds of objects and their fields, in the order of
/// declaration.
///
/// Declaring a name again with the same shape gives the same variable, so a design may declare what
/// it adds to a structure where it first uses it; with another shape it is an error.
public final class Memory {
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<Variable, List<String>> meanings = new LinkedHashMap<>();
    private final Map<Kind, Integer> initialObjects = new LinkedHashMap<>();
    private Optional<Hotplug> hotplug = Optional.empty();

    /// A word of `bits` bits that starts as `initial`.
    public Cell<Val> word(String name, int bits, int initial) {
        return global(
                new Variable(
                        name,
                        Variable.Sort.WORD,
                        bits,
                        initial,
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    /// A word of which each CPU has a copy.
    public PerCpu perCpuWord(String name, int bits, int initial) {
        return new PerCpu(
                declare(
                        new Variable(
                                name,
                                Variable.Sort.WORD,
                                bits,
                                initial,
                                Optional.empty(),
                                Optional.empty(),
                                true)));
    }

    /// A pointer that is NULL at first.
    public Cell<Ptr> nullPointer(String name, Kind kind) {
        return global(pointerVariable(name, kind, Kind.NULL));
    }

    /// A pointer that points, at first, to an object of its own, whose fields hold their initial
    /// values.
    public Cell<Ptr> pointer(String name, Kind kind) {
        Variable known = variables.get(name);
        if (known != null) return global(pointerVariable(name, kind, known.initial()));
        int slot = initialObjects.merge(kind, 1, Integer::sum);
        if (slot > kind.slots())
            throw new IllegalArgumentException(
                    name
                            + ": "
                            + slot
                            + " objects of "
                            + kind
                            + " at the start: it has "
                            + kind.slots()
                            + " slots");
        return global(pointerVariable(name, kind, slot));
    }

    /// A spin lock, free at first.
    public SpinLock spinLock(String name) {
        return new SpinLock(
                only(
                        declare(
                                new Variable(
                                        name,
                                        Variable.Sort.SPIN_LOCK,
                                        1,
                                        0,
                                        Optional.empty(),
                                        Optional.empty(),
                                        false))));
    }

    /// A spin lock of which each CPU has one, free at first.
    public Variable perCpuLock(String name) {
        return declare(
                new Variable(
                        name,
                        Variable.Sort.SPIN_LOCK,
                        1,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        true));
    }

    /// A sleeping lock, free at first.
    public Mutex mutex(String name) {
        return new Mutex(
                only(
                        declare(
                                new Variable(
                                        name,
                                        Variable.Sort.MUTEX,
                                        1,
                                        0,
                                        Optional.empty(),
                                        Optional.empty(),
                                        false))));
    }

    /// A kind of object of which up to `slots` live at the same time.
    public Kind kind(String name, int slots) {
        Kind kind = kinds.computeIfAbsent(name, n -> new Kind(n, slots));
        if (kind.slots() != slots)
            throw new IllegalArgumentException(
                    name
                            + " is declared with "
                            + kind.slots()
                            + " slots and again with "
                            + slots
                            + ": use one number");
        return kind;
    }

    /// A word in every object of a kind: `initial` in the objects of the initial state, 0 in a new
    /// object.
    public Field<Val> field(Kind owner, String name, int bits, int initial) {
        return new Field<>(
                declare(
                        new Variable(
                                name,
                                Variable.Sort.WORD,
                                bits,
                                initial,
                                Optional.of(owner),
                                Optional.empty(),
                                false)));
    }

    /// A spin lock in every object of a kind.
    public SpinLockField lockField(Kind owner, String name) {
        return new SpinLockField(
                declare(
                        new Variable(
                                name,
                                Variable.Sort.SPIN_LOCK,
                                1,
                                0,
                                Optional.of(owner),
                                Optional.empty(),
                                false)));
    }

    /// Gives the values of a word names, for traces: `names[v]` for value v.
    public Cell<Val> named(Cell<Val> cell, String... names) {
        meanings.put(cell.place().variable(), List.of(names));
        return cell;
    }

    /// The name of a value of a variable, as a trace shows it.
    public String meaning(Variable variable, int value) {
        List<String> names = meanings.getOrDefault(variable, List.of());
        return value < names.size() ? names.get(value) : Integer.toString(value);
    }

    /// CPUs that go on and off line, all on line at first: a stop, a walk over the CPUs and
    /// `cpu_online_mask` then heed which are.
    public Hotplug cpuHotplug() {
        Hotplug known =
                hotplug.orElseGet(() ->
                        new Hotplug(
                                perCpuWord("cpu_online", 1, 1),
                                new PercpuRwsem(
                                        word("cpu_hotplug_lock.readers", 4, 0),
                                        word("cpu_hotplug_lock.writer", 1, 0))));
        hotplug = Optional.of(known);
        return known;
    }

    /// Whether CPUs go on and off line, and how it is known.
    public Optional<Hotplug> hotplug() {
        return hotplug;
    }

    /// Every variable, in the order of declaration.
    public List<Variable> variables() {
        return List.copyOf(variables.values());
    }

    /// Every kind, in the order of declaration.
    public List<Kind> kinds() {
        return List.copyOf(kinds.values());
    }

    /// How many objects of `kind` exist in the initial state.
    public int initialObjects(Kind kind) {
        return initialObjects.getOrDefault(kind, 0);
    }

    /// The fields of `kind`.
    public List<Variable> fields(Kind kind) {
        var fields = new ArrayList<Variable>();
        for (Variable v : variables.values())
            if (v.owner().equals(Optional.of(kind))) fields.add(v);
        return fields;
    }

    private static Variable pointerVariable(String name, Kind kind, int initial) {
        return new Variable(
                name,
                Variable.Sort.POINTER,
                kind.pointerBits(),
                initial,
                Optional.empty(),
                Optional.of(kind),
                false);
    }

    private <V extends Value> Cell<V> global(Variable variable) {
        return new Cell<>(only(declare(variable)));
    }

    private static Place only(Variable variable) {
        return new Place(variable, new Place.Which.Only());
    }

    private Variable declare(Variable variable) {
        Variable known = variables.putIfAbsent(variable.name(), variable);
        if (known != null && !known.equals(variable))
            throw new IllegalArgumentException(
                    variable.name()
                            + " is declared twice with different shapes: give the second another name");
        return variable;
    }
}
