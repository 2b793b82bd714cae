package stillpoint.check;

import java.util.Optional;
import stillpoint.program.Hotplug;

/// Which CPUs are on line in a packed state: all of them, unless the model has CPU hotplug.
final class Online {
    private final Layout layout;
    private final int all;
    private final int bits;
    private final int writer;

    Online(Compiled compiled) {
        this.layout = compiled.layout;
        this.all = (1 << compiled.cpus()) - 1;
        Optional<Hotplug> hotplug = compiled.model.memory().hotplug();
        this.bits = hotplug.map(h -> layout.location(h.online().variable())).orElse(-1);
        this.writer =
                hotplug.map(h -> layout.location(h.lock().writer().place().variable())).orElse(-1);
    }

    /// The CPUs that are on line, bit n for CPU n.
    int cpus(long[] state) {
        if (bits < 0) return all;
        int online = 0;
        for (int cpu = 0; all >>> cpu != 0; cpu++) online |= layout.get(state, bits + cpu) << cpu;
        return online;
    }

    /// Whether somebody has, or waits for, the hotplug lock to write.
    boolean locked(long[] state) {
        return writer >= 0 && layout.get(state, writer) != 0;
    }
}
