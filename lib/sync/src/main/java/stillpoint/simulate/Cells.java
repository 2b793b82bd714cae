package stillpoint.simulate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import stillpoint.program.Kind;
import stillpoint.program.Variable;

/// Where every variable is, and in which cache line: first what there is once, or once for each
/// object; then a block for each CPU, so that what a CPU works on lies together.
///
/// A hot core: arrays that a run works on.
final class Cells {
    private final Scene scene;
    private final Map<Variable, Integer> first = new HashMap<>();
    private final Map<Variable, Integer> firstLine = new HashMap<>();
    private final int blocks;
    private final int owned;
    private final int[] initial;
    private final boolean[] shared;
    private final int[] home;

    /// From one CPU's copy to the next one's.
    final int block;

    final int[] value;

    /// Who waits for a cell to change, and which handler watches it, side by side: the first of
    /// each, -1 if there is none. [Waiting] and [Handlers] keep them.
    final int[] heads;

    static final int WAITER = 0;
    static final int WATCH = 1;
    static final int HEADS = 2;

    Cells(Scene scene) {
        this.scene = scene;
        List<Variable> variables = scene.memory().variables();
        int size = 0;
        for (Variable v : variables) if (!inBlock(v)) size += place(v, size);
        blocks = size;
        // What readers have of their own comes first, so that it is renewed in one go.
        for (Variable v : variables) if (own(v)) size += place(v, size);
        owned = size - blocks;
        for (Variable v : variables) if (v.perCpu()) size += place(v, size);
        block = size - blocks;
        size = blocks + scene.cpus() * block;
        for (Variable v : variables) firstLine.put(v, location(v));
        for (List<Variable> together : scene.lines())
            for (Variable v : together) {
                if (inBlock(v) != inBlock(together.getFirst()) || twin(v) > 0)
                    throw new IllegalArgumentException(
                            v
                                    + " and "
                                    + together.getFirst()
                                    + " lie in one line: there are as many of each, and no twins");
                firstLine.put(v, location(together.getFirst()));
            }
        initial = new int[size];
        shared = new boolean[size];
        home = new int[size];
        value = new int[size];
        heads = new int[size * HEADS];
        Arrays.fill(home, -1);
        for (Variable v : variables) initialise(v);
    }

    private int place(Variable v, int at) {
        first.put(v, at);
        return objects(v) + twin(v);
    }

    private void initialise(Variable v) {
        IntUnaryOperator given = scene.given().getOrDefault(v, n -> v.initial());
        boolean many = inBlock(v);
        int copies = many ? scene.cpus() : 1;
        int objects = objects(v);
        int all = objects + twin(v);
        int location = location(v);
        int firstLine = line(v);
        for (int c = 0; c < copies; c++)
            for (int o = 0; o < all; o++) {
                int number = many ? c : o % objects;
                initial[location + c * block + o] = given.applyAsInt(number);
                int line = firstLine + c * block + o;
                shared[line] |= !v.perCpu() && c == 0;
                if (v.perCpu()) home[line] = c;
            }
    }

    int size() {
        return initial.length;
    }

    /// Everything as it is at the start.
    void reset() {
        System.arraycopy(initial, 0, value, 0, initial.length);
        Arrays.fill(heads, -1);
    }

    /// Whether the line that has this number is one that all CPUs may share.
    boolean shared(int line) {
        return shared[line];
    }

    /// Whose each line is at the start: a CPU's own; -1 for one that all may have.
    int[] homes() {
        return home.clone();
    }

    /// The location of the first copy: that of CPU 0, or of the first object.
    int location(Variable v) {
        Integer at = first.get(v);
        if (at == null)
            throw new IllegalArgumentException(
                    v + " is not declared in the scene's memory: declare it before it is recorded");
        return at;
    }

    /// The line of the first copy.
    int line(Variable v) {
        return firstLine.getOrDefault(v, -1);
    }

    /// How much higher the location of the second of two is; 0 where there is one.
    int twin(Variable v) {
        return scene.twins().contains(v) ? objects(v) : 0;
    }

    boolean own(Variable v) {
        return scene.own().contains(v);
    }

    /// Gives some cells their initial values.
    void restore(int at, int number) {
        System.arraycopy(initial, at, value, at, number);
    }

    /// Gives a CPU's copies of what readers have of their own their initial values.
    void renew(int cpu) {
        int at = firstOwn(cpu);
        System.arraycopy(initial, at, value, at, owned);
    }

    /// Where that begins.
    int firstOwn(int cpu) {
        return blocks + cpu * block;
    }

    /// How many cells it is.
    int owned() {
        return owned;
    }

    private boolean inBlock(Variable v) {
        return v.perCpu() || own(v);
    }

    int objects(Variable v) {
        return v.owner().map(Kind::slots).orElse(1);
    }

    @Override
    public String toString() {
        return initial.length + " cells, " + Arrays.hashCode(value);
    }
}
