package stillpoint.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/// What a Linux machine tells of itself, without privileges. What it does not tell is
/// [Provenance#UNKNOWN].
///
/// @param root where `/proc`, `/sys` and `/boot` are
/// @param release of the kernel
/// @param cpus that this process may use
public record Host(Path root, String release, int cpus) {
    /// A grace period waits for ticks.
    public static final String NORMAL = "normal";

    /// A grace period interrupts CPUs.
    public static final String EXPEDITED = "expedited, as /sys/kernel/rcu_expedited says";

    /// What of the configuration says how long a grace period or a stop takes; `HZ` apart.
    private static final List<String> TOLD =
            List.of(
                    "PREEMPT_NONE",
                    "PREEMPT_VOLUNTARY",
                    "PREEMPT",
                    "PREEMPT_LAZY",
                    "PREEMPT_RT",
                    "PREEMPT_DYNAMIC",
                    "PREEMPT_RCU",
                    "NO_HZ_IDLE",
                    "NO_HZ_FULL",
                    "RCU_NOCB_CPU",
                    "RCU_LAZY");

    /// This one.
    public static Host here() {
        return new Host(
                Path.of("/"),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors());
    }

    /// What stands above measurements that are taken on it.
    ///
    /// @param command what repeats them
    public Provenance provenance(String command, LocalDate date) {
        Set<String> config = config();
        return new Provenance(
                machine(),
                cpuinfo("model name"),
                cpus,
                release,
                configuration(config),
                hz(config),
                "host",
                command,
                date,
                Map.of());
    }

    private String machine() {
        boolean guest = (" " + cpuinfo("flags") + " ").contains(" hypervisor ");
        return line("sys/class/dmi/id/product_name")
                .map(name -> guest ? name + ", a virtual machine" : name)
                .orElse(guest ? "a virtual machine" : Provenance.UNKNOWN);
    }

    private static String configuration(Set<String> config) {
        List<String> told =
                TOLD.stream().filter(name -> config.contains("CONFIG_" + name + "=y")).toList();
        String hz = hz(config);
        if (hz.equals(Provenance.UNKNOWN)) return Provenance.UNKNOWN;
        return "HZ=" + hz + (told.isEmpty() ? "" : " " + String.join(" ", told));
    }

    private static String hz(Set<String> config) {
        return config.stream()
                .filter(line -> line.startsWith("CONFIG_HZ="))
                .map(line -> line.substring("CONFIG_HZ=".length()))
                .findFirst()
                .orElse(Provenance.UNKNOWN);
    }

    /// Its lines: a running kernel tells them in `/proc`, a distribution beside its image.
    private Set<String> config() {
        for (String place : List.of("proc/config.gz", "boot/config-" + release)) {
            Path file = root.resolve(place);
            if (!Files.isReadable(file)) continue;
            try (InputStream in = Files.newInputStream(file);
                    InputStream plain = place.endsWith(".gz") ? new GZIPInputStream(in) : in) {
                return new HashSet<>(
                        new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
            } catch (IOException e) {
                // As good as not there.
            }
        }
        return Set.of();
    }

    private String cpuinfo(String key) {
        for (String line : lines("proc/cpuinfo")) {
            String[] pair = line.split(":", 2);
            if (pair.length == 2 && pair[0].strip().equals(key) && !pair[1].isBlank())
                return pair[1].strip();
        }
        return Provenance.UNKNOWN;
    }

    /// How many ran or wanted to run, on average over the last minute, ours and others.
    public String loadAverage() {
        return line("proc/loadavg").map(all -> all.split(" ", 2)[0]).orElse(Provenance.UNKNOWN);
    }

    /// What `synchronize_rcu()` is here: some machines expedite every one, at boot or for good.
    public String gracePeriods() {
        if (line("sys/kernel/rcu_normal").filter("1"::equals).isPresent()) return NORMAL;
        return line("sys/kernel/rcu_expedited")
                .map(told -> told.equals("0") ? NORMAL : EXPEDITED)
                .orElse(Provenance.UNKNOWN);
    }

    private Optional<String> line(String place) {
        return lines(place).stream().map(String::strip).filter(l -> !l.isEmpty()).findFirst();
    }

    private List<String> lines(String place) {
        try {
            Path file = root.resolve(place);
            return Files.isReadable(file) ? Files.readAllLines(file) : new ArrayList<>();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
