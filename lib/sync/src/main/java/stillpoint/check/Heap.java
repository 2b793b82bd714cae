package stillpoint.check;

import java.util.List;
import stillpoint.program.Kind;

/// The lives of objects in a packed state.
///
/// Freeing an object rewrites every pointer to it to *dangling* at once, so its slot can be used
/// again and states stay finite, however often something is allocated and freed.
final class Heap {
    private final Compiled compiled;
    private final Layout layout;
    private final List<Kind> kinds;

    Heap(Compiled compiled) {
        this.compiled = compiled;
        this.layout = compiled.layout;
        this.kinds = compiled.model.memory().kinds();
    }

    Kind kind(int kind) {
        return kinds.get(kind);
    }

    /// A pointer to a new object, its fields 0; NULL if every slot is taken.
    int allocate(long[] state, int kind) {
        int alive = layout.alive(kind);
        for (int slot = 0; slot < kinds.get(kind).slots(); slot++)
            if (layout.get(state, alive + slot) == 0) {
                layout.set(state, alive + slot, 1);
                return slot + 1;
            }
        return Kind.NULL;
    }

    /// Ends the life of an object: in cells, in resting tasks and in the registers of the task that
    /// is under way, pointers to it dangle.
    void free(Way way, int kind, int object) {
        long[] state = way.state;
        int dangling = kinds.get(kind).dangling();
        layout.set(state, layout.alive(kind) + object - 1, 0);
        for (int at : compiled.fields(kind)) layout.set(state, at + object - 1, 0);
        for (int at : compiled.pointers(kind))
            if (layout.get(state, at) == object) layout.set(state, at, dangling);
        for (Task each : compiled.tasks) each.redirect(state, kind, object, dangling);
        for (Task each : compiled.stoppers) each.redirect(state, kind, object, dangling);
        way.redirect(kind, object, dangling);
    }
}
