package stillpoint.bench.reader;

import java.lang.invoke.VarHandle;

/// A reader says in which epoch it began, and a full barrier keeps that before what it reads.
final class EpochFence implements Scheme {
    private final Guarded guarded = new Guarded();
    private final Epochs epochs;

    EpochFence(int readers) {
        epochs = new Epochs(readers);
    }

    @Override
    public int read(int reader) {
        epochs.enter(reader);
        VarHandle.fullFence();
        int found = guarded.read();
        epochs.leave(reader);
        return found;
    }

    @Override
    public void retract() {
        guarded.invalidate();
        VarHandle.fullFence();
        long next = epochs.next();
        VarHandle.fullFence();
        epochs.await(next);
        guarded.destroy();
    }
}
