package stillpoint.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stillpoint.measure.Measured;
import stillpoint.measure.Unit;
import stillpoint.statistics.Values;

/// The JVM's own `stop_machine`: how long it takes until every thread stands still at a safepoint,
/// and until one thread has answered a handshake, with so many threads that run.
///
/// A JVM of its own for each number of threads does nothing but ask (see [Standstills]), and its
/// log says how long it took.
public final class MeasureSafepoints {
    private static final int SAMPLES = 300;
    private static final Pattern REACHED =
            Pattern.compile("Safepoint \"ThreadDump\".* Reaching safepoint: +(\\d+) ns");
    private static final Pattern ANSWERED =
            Pattern.compile("Handshake \"GetStackTrace\\w*\".* Total completion time: +(\\d+) ns");
    private static final Pattern BEGIN = Pattern.compile("stillpoint: begin");
    private static final String RUNNING =
            "running threads are threads of the JVM that spin, with a safepoint poll in every turn; a"
                    + " safepoint waits until each of them came to its poll, so with more of them than"
                    + " CPUs it waits for the kernel's scheduler";

    private MeasureSafepoints() {}

    /// @param arguments the file to write; what to say of the machine
    public static void main(String... arguments) throws IOException {
        Recorded recorded = Recorded.begin(arguments);
        var rows = new ArrayList<Measured>();
        int cpus = Runtime.getRuntime().availableProcessors();
        for (int threads : List.of(0, 1, 2, 4, 8, 16)) {
            System.err.println("stillpoint: measuring safepoints, " + threads + " running threads");
            String condition = threads + (threads == 1 ? " running thread" : " running threads");
            rows.add(
                    Measured.of(
                            "time to safepoint",
                            condition,
                            cpus,
                            Unit.NS,
                            log("safepoint", "safepoint", threads, REACHED)));
            if (threads > 0)
                rows.add(
                        Measured.of(
                                "handshake with one thread",
                                condition,
                                cpus,
                                Unit.NS,
                                log("handshake*=debug", "handshake", threads, ANSWERED)));
        }
        recorded.end("lib/bench/jvm.sh safepoints", Map.of("running threads", RUNNING), rows);
    }

    /// What a JVM says in its log, from when it was warm.
    private static Values log(String tag, String what, int threads, Pattern line)
            throws IOException {
        Process jvm =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "-Xlog:" + tag + ":stdout:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Standstills.class.getName(),
                                what,
                                Integer.toString(threads),
                                Integer.toString(SAMPLES))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var values = new Values();
        boolean warm = false;
        try (BufferedReader out = jvm.inputReader(StandardCharsets.UTF_8)) {
            for (String text = out.readLine(); text != null; text = out.readLine()) {
                warm |= BEGIN.matcher(text).find();
                OptionalLong found = found(line, text);
                if (warm && found.isPresent()) values.add(found.getAsLong());
            }
        }
        if (values.size() < SAMPLES)
            throw new IllegalStateException(
                    values.size()
                            + " of "
                            + SAMPLES
                            + " lines like \""
                            + line
                            + "\" in the log of "
                            + what
                            + ": this JVM words it otherwise; adapt MeasureSafepoints");
        return values;
    }

    static OptionalLong found(Pattern line, String text) {
        Matcher matcher = line.matcher(text);
        return matcher.find()
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }
}
