package stillpoint.swap;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import stillpoint.program.Program;

/// The programs of a design with one small mistake in them, each made when it is first asked for.
final class MutantPrograms {
    private final SwapDesign design;
    private final Mutation mutation;
    private final Map<Recorded, Optional<SwapPrograms>> made = new HashMap<>();

    /// What a program was recorded for.
    ///
    /// @param watch what is recorded beside the kernel's own steps
    record Recorded(Scenario scenario, DeviceKind device, Watch watch) {
        /// The programs of a design without a mistake.
        SwapPrograms of(SwapDesign design) {
            return SwapPrograms.of(design, scenario, device, watch);
        }
    }

    MutantPrograms(SwapDesign design, Mutation mutation) {
        this.design = design;
        this.mutation = mutation;
    }

    /// The programs with the mistake; empty if it has no place there.
    ///
    /// @throws stillpoint.program.RecordingException if the result cannot be recorded
    Optional<SwapPrograms> of(Recorded what) {
        Optional<SwapPrograms> known = made.get(what);
        if (known != null) return known;
        Optional<SwapPrograms> changed = changed(what.of(design));
        made.put(what, changed);
        return changed;
    }

    /// The same where one CPU does all in turn.
    Optional<SwapPrograms> again(SwapPrograms original) {
        return changed(original);
    }

    private Optional<SwapPrograms> changed(SwapPrograms from) {
        Optional<Program> reader = mutation.on(from.reader());
        Optional<Program> swapoff = mutation.on(from.swapoff());
        if (reader.isEmpty() && swapoff.isEmpty()) return Optional.empty();
        return Optional.of(
                new SwapPrograms(
                        from.memory(),
                        reader.orElse(from.reader()),
                        swapoff.orElse(from.swapoff())));
    }
}
