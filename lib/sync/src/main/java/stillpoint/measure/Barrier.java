package stillpoint.measure;

import java.util.EnumSet;

/// A full barrier in every running thread of this process, by membarrier(2): what an asymmetric
/// scheme's writer does so that its readers need none.
public final class Barrier implements Runnable {
    private final Membarrier.Call call;

    private Barrier(Membarrier.Call call) {
        this.call = call;
    }

    /// That of this process, registered.
    ///
    /// @throws Unavailable if this is no Linux, or its kernel does not have it
    public static Barrier ofThisProcess() {
        return of(RunningKernel.membarrier());
    }

    static Barrier of(Membarrier.Call call) {
        if (Membarrier.prepare(EnumSet.of(Membarrier.PRIVATE_EXPEDITED), call).isEmpty())
            throw new Unavailable(
                    Membarrier.PRIVATE_EXPEDITED.word()
                            + ": this kernel does not have it; it takes Linux 4.14 or newer");
        return new Barrier(call);
    }

    /// On return every thread of this process that was running has passed a full barrier.
    @Override
    public void run() {
        Membarrier.PRIVATE_EXPEDITED.issue(call);
    }
}
