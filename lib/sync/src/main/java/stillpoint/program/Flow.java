package stillpoint.program;

import java.util.List;

/// A recorded program: a finite graph of steps over numbered registers.
///
/// @param name what the program is, for example `swapoff`
/// @param nodes the graph; node numbers are indices
/// @param entry where it starts
/// @param registers the shape of each register
public record Flow(String name, List<Node> nodes, int entry, List<Register> registers) {
    public Flow {
        nodes = List.copyOf(nodes);
        registers = List.copyOf(registers);
    }

    /// How many steps touch shared state or change what the machine may do.
    public int visibleSteps() {
        return (int)
                nodes.stream()
                        .filter(n -> !n.step().local() && !(n.step() instanceof Step.End))
                        .count();
    }
}
