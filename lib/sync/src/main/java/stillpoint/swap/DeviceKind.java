package stillpoint.swap;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What kind of device is swapped to: it decides which lock guards `swap_map` and which way a fault
/// takes.
public enum DeviceKind {
    /// Solid state: `cluster_info` exists, and its lock guards `swap_map`.
    SSD("ssd", true, false),
    /// Rotating: no `cluster_info`, and `p->lock` guards `swap_map`.
    HDD("hdd", false, false),
    /// As fast as memory (zram, persistent memory): `SWP_SYNCHRONOUS_IO`, a fault may read past the
    /// swap cache.
    SYNC("sync", true, true);

    private final String word;
    private final boolean clusters;
    private final boolean synchronous;

    DeviceKind(String word, boolean clusters, boolean synchronous) {
        this.word = word;
        this.clusters = clusters;
        this.synchronous = synchronous;
    }

    /// The name on the command line.
    public String word() {
        return word;
    }

    /// Whether it has a `cluster_info`.
    public boolean clusters() {
        return clusters;
    }

    /// Whether a fault may read it past the swap cache.
    public boolean synchronous() {
        return synchronous;
    }

    /// The kind with this name.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static DeviceKind named(String word) {
        return Arrays.stream(values())
                .filter(d -> d.word.equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "--device "
                                        + word
                                        + ": a device is one of "
                                        + Arrays.stream(values())
                                                .map(DeviceKind::word)
                                                .collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return word;
    }
}
