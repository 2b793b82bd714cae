package stillpoint.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import stillpoint.check.Checker;
import stillpoint.check.Limits;
import stillpoint.check.Means;
import stillpoint.check.Reductions;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.swap.Tight;

/// One search of the tight model without reduction, as a process of its own: what `spin.sh` puts
/// beside SPIN.
///
/// Prints `states N`, `transitions N`, `depth N` and `KiB N`, the peak of the process's resident
/// memory as Linux accounts it (0 elsewhere). Exit code 1 unless the verdict is *safe*.
public final class TightSearch {
    private TightSearch() {}

    /// @param arguments the variant, as [Tight] names it; readers; threads (1 unless given)
    public static void main(String... arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: TightSearch VARIANT READERS [THREADS]");
            System.exit(64);
        }
        Tight tight = Tight.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        long heap = Runtime.getRuntime().maxMemory();
        Verdict verdict =
                Checker.of(Config.PREEMPT_Y_4_20)
                        .with(Reductions.VERBS)
                        .with(new Limits(1L << 40, heap / 20 * 19, Duration.ofHours(1)))
                        .with(Means.DEFAULT.workers(threads))
                        .check(tight.readers(Integer.parseInt(arguments[1])));
        System.out.println("states " + verdict.counts().states());
        System.out.println("transitions " + verdict.counts().transitions());
        System.out.println("depth " + verdict.counts().depth());
        System.out.println("KiB " + peakKib());
        if (verdict instanceof Verdict.Safe) return;
        System.err.println(verdict);
        System.exit(1);
    }

    private static long peakKib() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return 0;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
