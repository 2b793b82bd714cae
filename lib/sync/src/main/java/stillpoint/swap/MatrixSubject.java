package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import stillpoint.program.Node;
import stillpoint.program.Section;
import stillpoint.program.Step;

/// A line of the verdict matrix: a design with one reader flavour.
///
/// @param design with its readers in that flavour
/// @param order whether only a weak memory model tells it from a design that is right, so that no
///   search can call it safe
public record MatrixSubject(SwapDesign design, boolean order) {
    /// Every design in every flavour of its readers; and those broken siblings in which nothing but
    /// order is broken, so that it can be seen that they are not called safe. A design that only
    /// spells out another is left out: its implementation is compared with that one's step.
    public static List<MatrixSubject> all() {
        var all = new ArrayList<MatrixSubject>();
        for (SwapDesign design : Designs.all()) {
            if (design.spellsOut().isPresent()) continue;
            for (SwapDesign flavour : flavours(design))
                all.add(new MatrixSubject(flavour, flavour.needsMemoryModel()));
            for (Sibling sibling : design.brokenSiblings())
                if (sibling.needsWeakMemory()) all.add(new MatrixSubject(sibling.design(), true));
        }
        return all;
    }

    private static List<SwapDesign> flavours(SwapDesign design) {
        return design.flavours().isEmpty()
                ? List.of(design)
                : design.flavours().stream().map(design::in).toList();
    }

    /// What opens the section of the readers, as recorded: `preempt_disable`; `none`.
    public String section() {
        var entered =
                Excerpt.getAndPut(design, DeviceKind.SSD).program().flow().nodes().stream()
                        .map(Node::step)
                        .filter(Step.Enter.class::isInstance)
                        .map(step -> ((Step.Enter) step).section())
                        .distinct()
                        .sorted()
                        .map(Section::enter)
                        .collect(Collectors.joining(" + "));
        return entered.isEmpty() ? "none" : entered;
    }
}
