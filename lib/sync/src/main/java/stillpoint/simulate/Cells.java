package stillpoint.simulate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import stillpoint.program.Kind;
import stillpoint.program.Variable;

/// Where every variable is, and in which cache line: copies one behind the other, one for the only
/// one, for each CPU, for each object, or for each object and CPU.
///
/// A hot core: arrays that a run works on.
final class Cells {
    private final Scene scene;
    private final Map<Variable, Integer> first = new HashMap<>();
    private final Map<Variable, Integer> firstLine = new HashMap<>();
    private final int[] initial;
    private final boolean[] onlyLine;
    private final int[] home;
    final int[] value;

    Cells(Scene scene) {
        this.scene = scene;
        int size = 0;
        for (Variable v : scene.memory().variables()) {
            first.put(v, size);
            size += copies(v) + twin(v);
        }
        // A line has the number of its first variable's location.
        for (Variable v : scene.memory().variables()) firstLine.put(v, first.get(v));
        for (List<Variable> together : scene.lines())
            for (Variable v : together) {
                if (copies(v) != copies(together.getFirst()))
                    throw new IllegalArgumentException(
                            v
                                    + " and "
                                    + together.getFirst()
                                    + " lie in one line: they have as many copies as each other");
                firstLine.put(v, location(together.getFirst()));
            }
        initial = new int[size];
        onlyLine = new boolean[size];
        home = new int[size];
        Arrays.fill(home, -1);
        value = new int[size];
        for (Variable v : scene.memory().variables()) initialise(v);
    }

    private void initialise(Variable v) {
        int from = location(v);
        int copies = copies(v);
        IntUnaryOperator given = scene.given().getOrDefault(v, n -> v.initial());
        for (int c = 0; c < copies + twin(v); c++) {
            // By CPU where each CPU has one, whatever else it has copies of.
            int number = own(v) ? c % scene.cpus() : c % copies;
            initial[from + c] = given.applyAsInt(number);
            onlyLine[line(v) + c] |= !v.perCpu() && (!own(v) || number == 0);
            if (v.perCpu()) home[line(v) + c] = c % copies;
        }
    }

    int size() {
        return initial.length;
    }

    /// Everything as it is at the start.
    void reset() {
        System.arraycopy(initial, 0, value, 0, initial.length);
    }

    /// Whether the line that has this number is one that all CPUs may share.
    boolean shared(int line) {
        return onlyLine[line];
    }

    /// Whose each line is at the start: a CPU's own; -1 for one that all may have.
    int[] homes() {
        return home.clone();
    }

    /// The location of the first copy.
    int location(Variable v) {
        Integer at = first.get(v);
        if (at == null)
            throw new IllegalArgumentException(
                    v + " is not declared in the scene's memory: declare it before it is recorded");
        return at;
    }

    /// The line of the first copy; the others follow.
    int line(Variable v) {
        return firstLine.getOrDefault(v, -1);
    }

    /// How much higher the location of the second of two is; 0 where there is one.
    int twin(Variable v) {
        return scene.twins().contains(v) ? copies(v) : 0;
    }

    boolean own(Variable v) {
        return scene.own().contains(v);
    }

    /// Gives a CPU's copies of what readers have of their own their initial values.
    void renew(int cpu) {
        for (int at : ownOf(cpu)) value[at] = initial[at];
    }

    private int[][] owned = {};

    /// The locations that belong to what a reader has of its own.
    int[] ownOf(int cpu) {
        if (owned.length == 0) owned = new int[scene.cpus()][];
        if (owned[cpu] == null)
            owned[cpu] =
                    scene.memory().variables().stream()
                            .filter(this::own)
                            .flatMapToInt(v -> copiesOf(v, cpu))
                            .toArray();
        return owned[cpu];
    }

    private java.util.stream.IntStream copiesOf(Variable v, int cpu) {
        return java.util.stream.IntStream.iterate(
                location(v) + cpu, at -> at < location(v) + copies(v), at -> at + scene.cpus());
    }

    private int copies(Variable v) {
        int objects = v.owner().map(Kind::slots).orElse(1);
        return v.perCpu() || own(v) ? objects * scene.cpus() : objects;
    }

    @Override
    public String toString() {
        return initial.length + " cells, " + Arrays.hashCode(value);
    }
}
