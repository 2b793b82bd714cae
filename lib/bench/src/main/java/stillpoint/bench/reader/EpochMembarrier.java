package stillpoint.bench.reader;

import java.lang.invoke.VarHandle;
import stillpoint.measure.Barrier;

/// Epochs whose readers have no barrier: the writer has every CPU that runs a reader pass one, by
/// membarrier(2), before it looks.
///
/// Why that is enough: the system call puts a full barrier into every running thread, somewhere
/// between its begin and its end. A reader whose word was written before that barrier is seen by
/// the scan behind it, and waited for. One whose word was written after it reads the validity after
/// it too, and finds it gone.
///
/// What it rests on: that the compiler keeps the read behind the write. Java has no barrier of that
/// kind; a release and an acquire fence are two in HotSpot, which emits no instruction for them on
/// x86, and on AArch64 emits real ones (correct there, and slower). The order is tested by
/// jcstress, not promised by the language.
final class EpochMembarrier implements Scheme {
    private final Guarded guarded = new Guarded();
    private final Epochs epochs;
    private final Runnable barrier;

    EpochMembarrier(int readers) {
        this(readers, Barrier.ofThisProcess());
    }

    /// With another barrier of the writer's, for the test that finds a missing one.
    EpochMembarrier(int readers, Runnable barrier) {
        epochs = new Epochs(readers);
        this.barrier = barrier;
    }

    @Override
    public int read(int reader) {
        epochs.enter(reader);
        VarHandle.releaseFence();
        VarHandle.acquireFence();
        int found = guarded.read();
        epochs.leave(reader);
        return found;
    }

    @Override
    public void retract() {
        guarded.invalidate();
        VarHandle.releaseFence();
        long next = epochs.next();
        barrier.run();
        epochs.await(next);
        guarded.destroy();
    }
}
