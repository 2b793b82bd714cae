package stillpoint.bench.reader;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What a section costs its reader, under each scheme. A sample is a batch of [#SECTIONS] of them:
/// on a machine that others use too, an average is mostly of what they did, and the clock is too
/// coarse for one.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"})
public class ReaderBenchmark {
    /// So that nanoseconds of a batch are picoseconds of a section.
    static final int SECTIONS = 1000;

    private static final int MOST_READERS = 1024;

    /// Shared by all readers of a run.
    @State(Scope.Benchmark)
    public static class Shared {
        @Param({
            "plain flag",
            "reference count",
            "striped reference count",
            "read-write lock",
            "stamped lock",
            "srcu",
            "epoch and fence",
            "epoch and membarrier",
            "qsbr"
        })
        private String scheme = "";

        private Scheme made = new PlainFlag(1);
        private final AtomicInteger next = new AtomicInteger();

        /// A fresh one.
        @Setup
        public void make() {
            made = Scheme.Kind.named(scheme).of(MOST_READERS);
            next.set(0);
        }
    }

    /// One reader.
    @State(Scope.Thread)
    public static class Reader {
        private int number;

        /// Takes the next number.
        @Setup
        public void begin(Shared shared) {
            number = shared.next.getAndIncrement();
            shared.made.begin(number);
        }

        /// Reads no more.
        @TearDown
        public void end(Shared shared) {
            shared.made.end(number);
        }
    }

    @Benchmark
    public int sections(Shared shared, Reader reader) {
        Scheme scheme = shared.made;
        int number = reader.number;
        int sum = 0;
        for (int i = 0; i < SECTIONS; i++) sum += scheme.read(number);
        return sum;
    }
}
