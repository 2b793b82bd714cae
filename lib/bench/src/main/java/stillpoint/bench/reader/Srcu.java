package stillpoint.bench.reader;

import java.lang.invoke.VarHandle;

/// Sleepable RCU as kernel/rcu/srcutree.c has it: two sets of counts of entries and exits, a full
/// barrier at both ends of a section, and a writer that flips which set is used.
final class Srcu implements Scheme {
    private final Guarded guarded = new Guarded();
    private final Slots[] entered;
    private final Slots[] left;
    private volatile int current;

    Srcu(int readers) {
        entered = new Slots[] {new Slots(readers), new Slots(readers)};
        left = new Slots[] {new Slots(readers), new Slots(readers)};
    }

    @Override
    public int read(int reader) {
        int index = current & 1;
        entered[index].opaque(reader, entered[index].own(reader) + 1);
        VarHandle.fullFence();
        int found = guarded.read();
        VarHandle.fullFence();
        left[index].opaque(reader, left[index].own(reader) + 1);
        return found;
    }

    @Override
    public void retract() {
        guarded.invalidate();
        VarHandle.fullFence();
        // A reader may have looked which set to use before the last flip, and count itself only
        // now.
        drain((current & 1) ^ 1);
        current++; // one writer only
        VarHandle.fullFence();
        drain((current & 1) ^ 1);
        guarded.destroy();
    }

    /// Exits are added up first: who leaves in between is not missed.
    private void drain(int index) {
        while (true) {
            long exits = left[index].sum();
            VarHandle.fullFence();
            if (entered[index].sum() == exits) return;
            Thread.onSpinWait();
        }
    }
}
