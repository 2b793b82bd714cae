package stillpoint.swap;

import static stillpoint.swap.SwapDevice.SWP_VALID;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import stillpoint.program.Cpu;
import stillpoint.program.Ptr;

/// A design with one hunk of its patch left out, moved or replaced; all the rest is the design's.
///
/// Here are the mistakes that many designs can be broken with; a mistake that makes sense in one
/// design alone stands in that design's file. swapoff goes through the broken one's own halves,
/// [#retract] and [#free]; a mistake elsewhere hands [#teardown] on to a design that may cut it
/// otherwise.
public interface Broken extends SwapDesign {
    /// The design that is right.
    SwapDesign design();

    /// The section protects the test and nothing else.
    record PutBeforeUse(SwapDesign design) implements Broken {
        @Override
        public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
            if (!design.getSwapDevice(cpu, p, entry)) return false;
            design.putSwapDevice(cpu, p, entry);
            return true;
        }

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p) {}

        @Override
        public void putSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {}

        @Override
        public boolean beginFault(Cpu cpu, SwapDevice p) {
            if (!design.beginFault(cpu, p)) return false;
            design.endFault(cpu, p);
            return true;
        }

        @Override
        public void endFault(Cpu cpu, SwapDevice p) {}

        @Override
        public void teardown(Cpu cpu, SwapDevice p) {
            design.teardown(cpu, p);
        }
    }

    /// Step 7 does not compare the page table entry.
    record NoPteRecheck(SwapDesign design) implements Broken {
        @Override
        public boolean rechecksPte() {
            return false;
        }

        @Override
        public void teardown(Cpu cpu, SwapDevice p) {
            design.teardown(cpu, p);
        }
    }

    /// The test and the use are not in one critical section: what every version before 4.11 did
    /// under `p->lock`.
    record MaxNotTestedUnderTheLock(SwapDesign design) implements Broken {
        @Override
        public boolean stillThere(Cpu cpu, SwapDevice p, Entry entry) {
            return true;
        }
    }

    /// swapoff clears the bit and goes on at once.
    record NoWaitInSwapoff(SwapDesign design) implements Broken {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// A section may open between the wait and the bit.
    record ValidClearedAfterTheWait(SwapDesign design, Consumer<Cpu> waiting) implements Broken {
        @Override
        public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
            waiting.accept(cpu);
            SwapOff.clearFlag(cpu, p, SWP_VALID);
            return SwapOff.clearFields(cpu, p);
        }
    }

    /// The classes that a design is made of, the outermost mistake first: two designs of the same
    /// classes with the same readers do the same.
    static List<Class<?>> classes(SwapDesign design) {
        var classes = new ArrayList<Class<?>>();
        SwapDesign each = design;
        while (each instanceof Broken broken) {
            classes.add(broken.getClass());
            each = broken.design();
        }
        classes.add(each.getClass());
        return classes;
    }

    // ---- what is the design's

    @Override
    default String id() {
        return design().id();
    }

    @Override
    default String title() {
        return design().title();
    }

    @Override
    default String source() {
        return design().source();
    }

    /// Nothing to choose: a broken sibling has the readers that it was broken with.
    @Override
    default Optional<Readers> readers() {
        return design().readers().map(r -> new Readers(r.section(), _ -> design()));
    }

    @Override
    default boolean needsMemoryModel() {
        return design().needsMemoryModel();
    }

    @Override
    default Optional<String> spellsOut() {
        return design().spellsOut();
    }

    @Override
    default boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        return design().getSwapDevice(cpu, p, entry);
    }

    @Override
    default String guard(Entry.User user) {
        return design().guard(user);
    }

    @Override
    default void putSwapDevice(Cpu cpu, SwapDevice p) {
        design().putSwapDevice(cpu, p);
    }

    @Override
    default void putSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        design().putSwapDevice(cpu, p, entry);
    }

    @Override
    default Ptr lockCluster(Cpu cpu, SwapDevice p) {
        return design().lockCluster(cpu, p);
    }

    @Override
    default void unlockCluster(Cpu cpu, SwapDevice p, Ptr ci) {
        design().unlockCluster(cpu, p, ci);
    }

    @Override
    default boolean stillThere(Cpu cpu, SwapDevice p, Entry entry) {
        return design().stillThere(cpu, p, entry);
    }

    @Override
    default boolean beginFault(Cpu cpu, SwapDevice p) {
        return design().beginFault(cpu, p);
    }

    @Override
    default void endFault(Cpu cpu, SwapDevice p) {
        design().endFault(cpu, p);
    }

    @Override
    default boolean loadsAddressSpaceInside() {
        return design().loadsAddressSpaceInside();
    }

    @Override
    default boolean rechecksPte() {
        return design().rechecksPte();
    }

    @Override
    default int enabledFlags() {
        return design().enabledFlags();
    }

    @Override
    default SwapOn.Arrays allocate(Cpu cpu, SwapDevice p) {
        return design().allocate(cpu, p);
    }

    @Override
    default void initSwapAddressSpace(Cpu cpu, SwapDevice p) {
        design().initSwapAddressSpace(cpu, p);
    }

    @Override
    default void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        design().publish(cpu, p, fresh);
    }

    @Override
    default void reinsert(Cpu cpu, SwapDevice p) {
        design().reinsert(cpu, p);
    }

    @Override
    default SwapOff.Retired retract(Cpu cpu, SwapDevice p) {
        return design().retract(cpu, p);
    }

    @Override
    default void free(Cpu cpu, SwapDevice p, SwapOff.Retired retired) {
        design().free(cpu, p, retired);
    }
}
