package stillpoint.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import stillpoint.check.Refinement;
import stillpoint.evidence.Conformance;
import stillpoint.evidence.Table;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Section;

/// A kind of section and what a writer waits with, as an observer sees them: readers enter and
/// leave, the writer calls and comes back. Two pairings are compared by what they let happen.
///
/// @param section how readers mark their sections
/// @param call what the writer calls
public record Pairing(Section section, Wait call) {
    /// What a writer may wait with.
    public enum Wait {
        /// `stop_machine()` with a callback that does nothing.
        STOP_MACHINE("stop_machine()", cpu -> cpu.stopMachine(CpuMask.ONLINE, each -> {})),
        SYNCHRONIZE_RCU("synchronize_rcu()", Cpu::synchronizeRcu),
        SYNCHRONIZE_SCHED("synchronize_sched()", Cpu::synchronizeSched),
        SYNCHRONIZE_SRCU("synchronize_srcu()", Cpu::synchronizeSrcu);

        private final String verb;
        private final Consumer<Cpu> body;

        Wait(String verb, Consumer<Cpu> body) {
            this.verb = verb;
            this.body = body;
        }

        @Override
        public String toString() {
            return verb;
        }
    }

    /// Nothing but what its name says, on every configuration: the wait comes back once every
    /// section that was open at the call has been left, and it waits for nothing else.
    public static final Pairing WAIT_FOR_OPEN_SECTIONS =
            new Pairing(Section.SRCU, Wait.SYNCHRONIZE_SRCU);

    /// The pairing with its clients: each reader goes through one section, the writer waits once.
    ///
    /// @param readers how many, 1 to 8
    public Model model(int readers) {
        if (readers < 1 || readers > 8)
            throw new IllegalArgumentException(
                    "readers = " + readers + ": a pairing has 1 to 8 readers; try 2");
        return Sections.of(section, call.body).model(toString(), readers, 1, 1);
    }

    /// Whether everything that this pairing lets happen may happen with the other too.
    public Conformance within(Pairing other, int readers, Config config) {
        return Refinement.of(model(readers), other.model(readers)).on(config).verdict();
    }

    /// For each kind of section and each kernel, whether the wait waits for such sections.
    public static Table protection(List<Section> sections, List<Wait> waits, int readers) {
        var rows = new ArrayList<List<String>>();
        for (Wait wait : waits)
            for (Section section : sections) {
                var row = new ArrayList<>(List.of(wait.verb, section.enter() + "()"));
                for (Config config : Config.values())
                    row.add(
                            word(
                                    new Pairing(section, wait)
                                            .within(WAIT_FOR_OPEN_SECTIONS, readers, config),
                                    "waits",
                                    "does not"));
                rows.add(row);
            }
        return Table.of("Which wait waits for which section", heads("wait", "readers"), rows);
    }

    /// For each kind of section and each kernel, whether one wait allows all that the other allows.
    public static Table comparison(Wait one, Wait other, List<Section> sections, int readers) {
        var rows = new ArrayList<List<String>>();
        for (Section section : sections) {
            var a = new Pairing(section, one);
            var b = new Pairing(section, other);
            for (boolean turned : new boolean[] {false, true}) {
                Pairing from = turned ? b : a;
                Pairing to = turned ? a : b;
                var row =
                        new ArrayList<>(
                                List.of(
                                        section.enter() + "()",
                                        from.call.verb + " within " + to.call.verb));
                for (Config config : Config.values())
                    row.add(word(from.within(to, readers, config), "yes", "no"));
                rows.add(row);
            }
        }
        return Table.of(
                "What one wait lets happen, and whether the other lets it happen too",
                heads("readers", "comparison"),
                rows);
    }

    private static String word(Conformance conformance, String yes, String no) {
        return switch (conformance) {
            case Conformance.Refines _ -> yes;
            case Conformance.DoesNotRefine _ -> no;
            case Conformance.Inconclusive i -> i.word();
        };
    }

    private static List<String> heads(String first, String second) {
        var heads = new ArrayList<>(List.of(first, second));
        for (Config config : Config.values()) heads.add(config.word());
        return heads;
    }

    @Override
    public String toString() {
        return section.enter() + "() and " + call.verb;
    }
}
