package stillpoint.simulate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import stillpoint.program.GracePeriod;
import stillpoint.program.Memory;
import stillpoint.program.Program;
import stillpoint.program.Section;
import stillpoint.program.Variable;

/// What is simulated: a writer on CPU 0, readers on the others, and what the kernel runs for them.
///
/// Everything is recorded; the graphs do not know how many CPUs there are.
///
/// @param title one line
/// @param memory what they share
/// @param cpus how many CPUs, 2 to 8192
/// @param writer what runs on CPU 0, once
/// @param reader what runs on each other CPU, again and again: these programs, one behind the other
/// @param calls how the calls of the writer and the readers are carried out
/// @param services what the kernel runs for them
/// @param own variables of which each CPU has its own, although they are declared once: each reader
///   works on an entry of its own
/// @param twins variables that there are twice: a reader whose turn began after the writer did
///   works on the second, as it would on another device
/// @param lines variables that lie in one cache line
/// @param page what is different on the writer's device once no page is left on it: the variables
///   and their values then
/// @param refill label of the step behind which the writer meets the next page of its device
/// @param idle a word of each CPU that is 1 where the CPU is idle
/// @param index a word that readers look at and the writer changes, of one bit: how readers go
///   through a fault depends on it
/// @param again what the writer has a new one of in each turn: its device
/// @param given initial values, by CPU or by number, where they differ from the declared one
public record Scene(
        String title,
        Memory memory,
        int cpus,
        Program writer,
        List<Program> reader,
        Calls calls,
        List<Service> services,
        Set<Variable> own,
        Set<Variable> twins,
        List<List<Variable>> lines,
        Map<Variable, Integer> page,
        String refill,
        Optional<Variable> idle,
        Optional<Variable> index,
        Set<Variable> again,
        Map<Variable, IntUnaryOperator> given) {
    /// Fewest CPUs: one that writes, one that reads.
    public static final int MIN_CPUS = 2;

    /// Most CPUs.
    public static final int MAX_CPUS = 8192;

    /// Implementations of what the language takes as one step.
    ///
    /// @param stop `stop_machine`, whose stoppers run the callback at [#CALLBACK]
    /// @param graces grace periods
    /// @param enter sections that are more than a count
    /// @param leave the same
    public record Calls(
            Optional<Program> stop,
            Map<GracePeriod, Program> graces,
            Map<Section, Program> enter,
            Map<Section, Program> leave) {
        public Calls {
            graces = Map.copyOf(graces);
            enter = Map.copyOf(enter);
            leave = Map.copyOf(leave);
        }
    }

    /// The label of the step at which a stopper runs the callback.
    public static final String CALLBACK = "fn(data)";

    public Scene {
        cpus(cpus);
        reader = List.copyOf(reader);
        services = List.copyOf(services);
        own = Set.copyOf(own);
        twins = Set.copyOf(twins);
        lines = lines.stream().map(List::copyOf).toList();
        given = Map.copyOf(given);
        page = Map.copyOf(page);
        again = Set.copyOf(again);
        for (Variable v : page.keySet())
            if (!own.contains(v))
                throw new IllegalArgumentException(
                        v + " is of a page, and each CPU has pages of its own: add it to `own`");
    }

    /// A scene without pages, idle CPUs or further turns of the writer.
    public Scene(
            String title,
            Memory memory,
            int cpus,
            Program writer,
            List<Program> reader,
            Calls calls,
            List<Service> services,
            Set<Variable> own,
            Set<Variable> twins,
            List<List<Variable>> lines,
            Map<Variable, IntUnaryOperator> given) {
        this(
                title,
                memory,
                cpus,
                writer,
                reader,
                calls,
                services,
                own,
                twins,
                lines,
                Map.of(),
                "",
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                given);
    }

    /// @return the number
    /// @throws IllegalArgumentException unless a scene can have so many CPUs
    public static int cpus(int number) {
        if (number < MIN_CPUS || number > MAX_CPUS)
            throw new IllegalArgumentException(
                    "cpus = "
                            + number
                            + ": a simulated machine has "
                            + MIN_CPUS
                            + " to "
                            + MAX_CPUS
                            + " CPUs; try --cpus 64");
        return number;
    }
}
