package stillpoint.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Model;
import stillpoint.swap.DeviceKind;
import stillpoint.swap.StopMachineV7;
import stillpoint.swap.SwapCheck;
import stillpoint.swap.SwapModel;
import stillpoint.swap.Unprotected;

/// What a verdict takes in a warm JVM, such as that of a notebook's kernel.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CheckBenchmark {
    /// From the design to the drawn-out trace. Bar: 10 ms.
    @Benchmark
    public Verdict shortestCounterexampleOfD0() {
        return SwapCheck.of(new Unprotected()).verdict();
    }

    /// The recording alone: both programs of D0, as a design of the reader's own, which is recorded
    /// each time.
    @Benchmark
    public Model recordingOfD0() {
        return SwapModel.of(new Unprotected() {}, 1, false, DeviceKind.SSD);
    }

    /// V7 with three readers, swapoff and swapon, exhaustively. Bar: 5 s.
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 2)
    @Measurement(iterations = 7)
    public Verdict threeReadersOfV7() {
        return SwapCheck.of(new StopMachineV7()).readers(3).swapon(true).verdict();
    }
}
