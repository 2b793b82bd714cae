package stillpoint.bench.reader;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// A reader beside the writer, again and again, under each scheme.
public class ReaderStress {
    /// Sections of one reader while the writer comes once; enough for [Qsbr] to announce.
    private static final int SECTIONS = Qsbr.EVERY + 1;

    /// What a right scheme may show.
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "read while it was there")
    @Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "came too late")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "read what was destroyed")
    public static class Right {}

    /// What a wrong one has to show, once at least.
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "read while it was there")
    @Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "came too late")
    @Outcome(id = "0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "read what was destroyed")
    public static class Wrong {}

    private static void read(Scheme scheme, I_Result result) {
        scheme.begin(0);
        int worst = Scheme.ALIVE;
        for (int i = 0; i < SECTIONS; i++) {
            int found = scheme.read(0);
            if (worst != Scheme.DESTROYED) worst = found;
        }
        scheme.end(0);
        result.r1 = worst;
    }

    @JCStressTest
    @JCStressMeta(Right.class)
    @State
    public static class ReferenceCounted {
        private final Scheme scheme = Scheme.Kind.REFERENCE_COUNT.of(1);

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }

    @JCStressTest
    @JCStressMeta(Right.class)
    @State
    public static class StripedCounted {
        private final Scheme scheme = Scheme.Kind.STRIPED_COUNT.of(1);

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }

    @JCStressTest
    @JCStressMeta(Right.class)
    @State
    public static class ReadWriteLock {
        private final Scheme scheme = Scheme.Kind.READ_WRITE_LOCK.of(1);

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }

    @JCStressTest
    @JCStressMeta(Right.class)
    @State
    public static class StampedLock {
        private final Scheme scheme = Scheme.Kind.STAMPED_LOCK.of(1);

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }

    @JCStressTest
    @JCStressMeta(Right.class)
    @State
    public static class Sleepable {
        private final Scheme scheme = Scheme.Kind.SRCU.of(1);

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }

    @JCStressTest
    @JCStressMeta(Right.class)
    @State
    public static class EpochAndFence {
        private final Scheme scheme = Scheme.Kind.EPOCH_FENCE.of(1);

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }

    @JCStressTest
    @JCStressMeta(Right.class)
    @State
    public static class EpochAndMembarrier {
        private final Scheme scheme = Scheme.Kind.EPOCH_MEMBARRIER.of(1);

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }

    @JCStressTest
    @JCStressMeta(Right.class)
    @State
    public static class QuiescentStates {
        private final Scheme scheme = Scheme.Kind.QSBR.of(1);

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }

    @JCStressTest
    @JCStressMeta(Wrong.class)
    @State
    public static class WrongWithoutAnything {
        private final Scheme scheme = Scheme.Kind.PLAIN_FLAG.of(1);

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }

    @JCStressTest
    @JCStressMeta(Wrong.class)
    @State
    public static class WrongWithoutMembarrier {
        private final Scheme scheme = new EpochMembarrier(1, () -> {});

        @Actor
        public void reader(I_Result result) {
            read(scheme, result);
        }

        @Actor
        public void writer() {
            scheme.retract();
        }
    }
}
