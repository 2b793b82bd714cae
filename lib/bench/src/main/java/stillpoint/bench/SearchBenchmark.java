package stillpoint.bench;

import java.time.Duration;
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
import stillpoint.check.Checker;
import stillpoint.check.Limits;
import stillpoint.check.Reductions;
import stillpoint.check.Survey;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.swap.StopMachineV7;
import stillpoint.swap.SwapCheck;
import stillpoint.swap.Tight;
import stillpoint.swap.TightLives;

/// How far the search goes in a minute, and how fast the small ones are: one exhaustive search a
/// method, one thread, in a JVM that has not searched before.
///
/// Each fails unless the model is found safe: a search that was cut short is no measurement.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx6g", "-XX:+UseSerialGC"})
public class SearchBenchmark {
    private static final Checker CHECKER =
            Checker.of(Config.PREEMPT_Y_4_20)
                    .with(new Limits(1L << 40, 5L << 30, Duration.ofMinutes(30)));

    /// The tight stop_machine model with eight readers, every verb a transition. Bar: 60 s.
    @Benchmark
    public Verdict eightReadersWithoutReduction() {
        return safe(CHECKER.with(Reductions.VERBS), Tight.STOP_MACHINE.readers(8));
    }

    /// The tight stop_machine model with 24 readers, all reductions. Bar: 60 s.
    @Benchmark
    public Verdict twentyFourReaders() {
        return safe(CHECKER, Tight.STOP_MACHINE.readers(24));
    }

    /// 32 readers of six visible steps, all reductions. Bar: 60 s.
    @Benchmark
    public Verdict thirtyTwoReadersOfSixSteps() {
        return safe(CHECKER, Tight.sixSteps(32));
    }

    /// The same with sorted readers alone, so that every verb is a transition.
    @Benchmark
    public Verdict thirtyTwoReadersOfSixStepsWithoutMovers() {
        return safe(CHECKER.with(Reductions.ALL.withoutMovers()), Tight.sixSteps(32));
    }

    /// swapoff and swapon for ever, and faults for ever, with four readers, every verb a
    /// transition. Bar: 1 s.
    @Benchmark
    public Verdict fourReadersAndLivesWithoutEnd() {
        return safe(CHECKER.with(Reductions.VERBS), TightLives.readers(4));
    }

    /// Every failure class of V7 at once, three readers, swapoff and swapon: one search of the
    /// verdict matrix, which as a whole is to take less than 5 minutes on two processors.
    @Benchmark
    public Survey surveyOfV7() {
        Survey survey =
                SwapCheck.of(new StopMachineV7())
                        .readers(3)
                        .swapon(true)
                        .with(CHECKER.limits())
                        .survey();
        if (survey.open().isEmpty() && survey.broken().isEmpty()) return survey;
        throw new IllegalStateException(survey.open() + " " + survey.broken());
    }

    private static Verdict safe(Checker checker, Model model) {
        Verdict verdict = checker.check(model);
        if (verdict instanceof Verdict.Safe) return verdict;
        throw new IllegalStateException(verdict.toString());
    }
}
