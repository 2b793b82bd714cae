package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import stillpoint.program.Section;

/// The section that a design's readers are in between get and put, and the same design with readers
/// in another one.
///
/// @param section the one they are in
/// @param design makes the design with readers in the section that is asked for
public record Readers(Section section, Function<Section, SwapDesign> design) {
    /// What the thread has discussed.
    private static final List<Section> DISCUSSED =
            List.of(Section.PREEMPT, Section.IRQ, Section.RCU);

    /// The sections that `asked` can be asked with, its own first. Only if it is the design itself:
    /// what extends it, or breaks it, is what it is.
    List<Section> choices(SwapDesign asked) {
        if (design.apply(section).getClass() != asked.getClass()) return List.of();
        var choices = new ArrayList<>(DISCUSSED);
        choices.remove(section);
        choices.addFirst(section);
        return List.copyOf(choices);
    }
}
