package stillpoint.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// An event all in: queue, dispatch, exponential time, state of the model and its statistics, for a
/// queue of customers that is four long on average.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@OperationsPerInvocation(SingleServerBenchmark.EVENTS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"})
public class SingleServerBenchmark {
    static final int EVENTS = 100_000;

    private SingleServer model = new SingleServer(0.8, 1);

    @Setup
    public void open() {
        model = new SingleServer(0.8, 1);
    }

    @Benchmark
    public double customers() {
        model.run(EVENTS);
        return model.customers();
    }
}
