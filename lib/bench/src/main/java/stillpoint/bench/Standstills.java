package stillpoint.bench;

import java.util.ArrayList;
import java.util.List;

/// Asks its own JVM for safepoints or handshakes while threads run; [MeasureSafepoints] reads the
/// log.
public final class Standstills {
    private static final int WARM = 50;

    private static volatile boolean over;

    private Standstills() {}

    /// @param arguments `safepoint` or `handshake`; how many threads run; how often
    public static void main(String... arguments) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++)
            running.add(Thread.ofPlatform().daemon().start(Standstills::spin));
        int samples = Integer.parseInt(arguments[2]);
        long seen = 0;
        for (int i = 0; i < WARM + samples; i++) {
            if (i == WARM) {
                // Through the same stream as the log.
                System.out.println("stillpoint: begin");
                System.out.flush();
            }
            seen +=
                    arguments[0].equals("safepoint")
                            ? Thread.getAllStackTraces().size()
                            : running.getFirst().getStackTrace().length;
            // So that safepoints do not follow one another without a breath.
            Thread.sleep(0, 200_000);
        }
        over = true;
        if (seen < 0) throw new IllegalStateException("never");
        Runtime.getRuntime().halt(0);
    }

    private static void spin() {
        while (!over) Thread.onSpinWait();
    }
}
