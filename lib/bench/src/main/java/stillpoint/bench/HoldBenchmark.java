package stillpoint.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import stillpoint.random.Stream;
import stillpoint.simulate.PendingEvents;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Sim;

/// The hold model (Vaucher and Duval, *A comparison of simulation event list algorithms*, CACM 18,
/// 1975): the next event is taken and comes again after an exponential time, so that as many are
/// pending always. Our queue, and SSJ as its users write it. Bar: a third of SSJ's time at every
/// size, and no garbage.
///
/// Both draw their times from our [Stream], which costs less than SSJ's own generator: the
/// comparison is of the queues, and in SSJ's favour.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(HoldBenchmark.EVENTS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"})
public class HoldBenchmark {
    static final int EVENTS = 100_000;

    /// On average an event happens every 10 ns, whatever the size.
    private static final long APART_NS = 10;

    /// Ours.
    @State(Scope.Thread)
    public static class Ours {
        @Param({"100", "10000", "1000000"})
        private int pending;

        private PendingEvents events = new PendingEvents(1);
        private Stream stream = Stream.of(1, "hold", 0, 0);
        private double meanNs;

        /// Schedules the first event of every slot.
        @Setup
        public void fill() {
            meanNs = APART_NS * (double) pending;
            stream = Stream.of(1, "hold", 0, 0);
            events = new PendingEvents(pending);
            for (int slot = 0; slot < pending; slot++) events.set(slot, later());
        }

        private long later() {
            return (long) (meanNs * stream.nextExponential());
        }
    }

    @Benchmark
    public long ours(Ours model) {
        PendingEvents events = model.events;
        for (int event = 0; event < EVENTS; event++)
            events.set(events.first(), events.time() + model.later());
        return events.time();
    }

    /// SSJ's simulator, with the splay tree that it has unless told otherwise.
    @State(Scope.Thread)
    public static class Ssj {
        @Param({"100", "10000", "1000000"})
        private int pending;

        private Stream stream = Stream.of(1, "hold", 0, 0);
        private double mean;
        private int left;

        /// Schedules every event.
        @Setup
        public void fill() {
            mean = APART_NS * (double) pending;
            stream = Stream.of(1, "hold", 0, 0);
            Sim.init();
            for (int event = 0; event < pending; event++) new Again().schedule(later());
        }

        private double later() {
            return mean * stream.nextExponential();
        }

        private final class Again extends Event {
            @Override
            public void actions() {
                schedule(later());
                if (--left == 0) Sim.stop();
            }
        }
    }

    @Benchmark
    public double ssj(Ssj model) {
        model.left = EVENTS;
        Sim.start();
        return Sim.time();
    }
}
