package stillpoint.measure;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/// One boot of a measuring guest, from the start of QEMU to its end, which is certain: QEMU is
/// killed when the guest is done, gives up, prints garbage, or exceeds a limit, and when this
/// process ends.
///
/// @param command the words that start QEMU
/// @param boots how long the guest may take until its first process runs
/// @param limit how long all may take
public record GuestRun(List<String> command, Duration boots, Duration limit) {
    private static final Duration LOOK = Duration.ofMillis(100);

    /// Longer ones are cut: a console that prints no line feed is not to fill memory.
    private static final int LONGEST_LINE = 4096;

    private static final int MOST_LINES = 2_000_000;
    private static final String END_OF_OUTPUT = "\n";

    /// What stands for Ctrl-C in [GuestReport#stopped].
    public static final String INTERRUPTED = "interrupted";

    public GuestRun {
        command = List.copyOf(command);
    }

    /// What a boot gave.
    ///
    /// @param report what the guest measured
    /// @param console all that was printed
    public record Outcome(GuestReport report, List<String> console) {
        public Outcome {
            console = List.copyOf(console);
        }

        /// Whether the guest's first process ran.
        public boolean booted() {
            return console.stream().anyMatch(GuestReport::booted);
        }
    }

    /// Boots it, and reads its console to the end.
    ///
    /// @param progress takes how many values there are, now and then
    /// @param interrupted asked now and then whether to end early
    /// @throws Unavailable if QEMU does not start
    public Outcome run(IntConsumer progress, BooleanSupplier interrupted) {
        Process qemu = start();
        var last = new Thread(qemu::destroyForcibly, "ends QEMU");
        Runtime.getRuntime().addShutdownHook(last);
        try {
            return read(qemu, progress, interrupted);
        } finally {
            // Gone when this returns: who boots the next one finds the processors free.
            qemu.destroyForcibly()
                    .onExit()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .exceptionally(_ -> qemu)
                    .join();
            try {
                Runtime.getRuntime().removeShutdownHook(last);
            } catch (IllegalStateException e) {
                // This process ends: the hook has run, or will.
            }
        }
    }

    private Process start() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
        } catch (IOException e) {
            throw new Unavailable(
                    command.getFirst()
                            + " does not start ("
                            + e.getMessage()
                            + "); it is in Debian's package qemu-system-x86: sudo apt-get install"
                            + " --no-install-recommends qemu-system-x86");
        }
    }

    private Outcome read(Process qemu, IntConsumer progress, BooleanSupplier interrupted) {
        BlockingQueue<String> printed = new LinkedBlockingQueue<>();
        Thread.ofPlatform()
                .daemon()
                .name("reads the guest's console")
                .start(() -> pass(qemu.getInputStream(), printed));
        long began = System.nanoTime();
        var lines = new ArrayList<String>();
        boolean booted = false;
        String otherwise;
        while (true) {
            String line = next(printed, interrupted);
            if (line.equals(INTERRUPTED)) {
                otherwise = INTERRUPTED;
                break;
            }
            if (line.equals(END_OF_OUTPUT)) {
                otherwise = ended(lines);
                break;
            }
            if (!line.isEmpty()) {
                lines.add(line);
                booted |= GuestReport.booted(line);
                progress.accept(lines.size());
            }
            if (GuestReport.ends(line) || lines.size() >= MOST_LINES) {
                otherwise = "the guest printed more than " + MOST_LINES + " lines";
                break;
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Duration most = booted || boots.compareTo(limit) > 0 ? limit : boots;
            if (took.compareTo(most) > 0) {
                otherwise =
                        (booted
                                        ? "the guest did not come to its end in "
                                        : "the guest did not boot in ")
                                + most.toSeconds()
                                + " s";
                break;
            }
        }
        return new Outcome(GuestReport.of(lines, otherwise), lines);
    }

    private static String ended(List<String> lines) {
        String last = lines.isEmpty() ? "nothing" : '"' + GuestReport.shown(lines.getLast()) + '"';
        return "QEMU ended before the guest was done; the last that it printed is " + last;
    }

    /// The next line; empty if none came for a while.
    private static String next(BlockingQueue<String> printed, BooleanSupplier interrupted) {
        if (interrupted.getAsBoolean()) return INTERRUPTED;
        try {
            String line = printed.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return line == null ? "" : line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }

    private static void pass(InputStream console, BlockingQueue<String> printed) {
        var line = new StringBuilder();
        try {
            byte[] bytes = new byte[8192];
            for (int n; (n = console.read(bytes)) >= 0; )
                for (int i = 0; i < n; i++) {
                    char c = (char) (bytes[i] & 0xff);
                    if (c != '\n' && c != '\r') line.append(c);
                    if (c == '\n' || line.length() == LONGEST_LINE) {
                        if (!line.isEmpty()) printed.add(line.toString());
                        line.setLength(0);
                    }
                }
        } catch (IOException e) {
            // The stream of a process that was killed: as good as its end.
        }
        if (!line.isEmpty()) printed.add(line.toString());
        printed.add(END_OF_OUTPUT);
    }
}
