// Review of the percpu_ref series, 2021-04
package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.Ptr;
import stillpoint.program.Val;

/// Dennis Zhou, 2021-04: in place of bringing the old reference back to life, each device gets a
/// fresh object, published through an RCU pointer. swapoff unpublishes it and waits for a grace
/// period; a reader that has none finds nothing. No flag, and no order to think about: the object
/// is complete before anyone can see it.
///
/// The object has `max` and is what a reader holds; the other fields stay where they are, and come
/// and go outside the time in which it is published.
public class FreshObject implements SwapDesign {
    @Override
    public String id() {
        return "D14";
    }

    @Override
    public String title() {
        return "A fresh object under RCU";
    }

    @Override
    public String source() {
        return "Review of the percpu_ref series, 2021-04";
    }

    @Override
    public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry entry) {
        cpu.rcuReadLock();
        Ptr si = cpu.rcuDereference(published(p));
        if (si.exists() && entry.offset().below(cpu.read(si.at(max(p))))) return true;
        cpu.rcuReadUnlock();
        return false;
    }

    @Override
    public void putSwapDevice(Cpu cpu, SwapDevice p) {
        cpu.rcuReadUnlock();
    }

    @Override
    public String guard(Entry.User user) {
        return "get_swap_device";
    }

    @Override
    public boolean loadsAddressSpaceInside() {
        return true;
    }

    @Override
    public void teardown(Cpu cpu, SwapDevice p) {
        Ptr si = cpu.read(published(p));
        unpublish(cpu, p);
        SwapDesign.super.teardown(cpu, p);
        cpu.free(si);
    }

    /// From here on no reader has it.
    void unpublish(Cpu cpu, SwapDevice p) {
        cpu.clear(published(p));
        cpu.synchronizeRcu();
    }

    @Override
    public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
        Ptr si = cpu.alloc(kind(p));
        cpu.write(si.at(max(p)), 1);
        SwapOn.setupLocked(cpu, p, fresh);
        SwapOn.enableLocked(cpu, p, enabledFlags());
        cpu.rcuAssignPointer(published(p), si);
    }

    private static Kind kind(SwapDevice p) {
        return p.kind("swap_info_struct", 2);
    }

    static Cell<Ptr> published(SwapDevice p) {
        return p.pointer("swap_info[type]", kind(p));
    }

    private static Field<Val> max(SwapDevice p) {
        return p.field(kind(p), "si->max", 1, 1);
    }

    @Override
    public List<Sibling> brokenSiblings() {
        return List.of(
                Sibling.of(
                        "no-grace-period-in-swapoff",
                        new NoGracePeriodInSwapoff(),
                        "F1",
                        "swapoff does not wait for open sections"),
                Sibling.of(
                        "unpublished-after-the-grace-period",
                        new UnpublishedTooLate(),
                        "F1",
                        "swapoff waits first and unpublishes then: a section may open in between"),
                Sibling.of(
                                "published-before-the-fields",
                                new PublishedTooEarly(),
                                "F1",
                                "swapon publishes the object first")
                        .withSwapon(),
                Sibling.putBeforeUse(this));
    }

    /// Unpublished, and gone at once.
    static final class NoGracePeriodInSwapoff extends FreshObject {
        @Override
        void unpublish(Cpu cpu, SwapDevice p) {
            cpu.clear(published(p));
        }
    }

    /// The order of the two halves.
    static final class UnpublishedTooLate extends FreshObject {
        @Override
        void unpublish(Cpu cpu, SwapDevice p) {
            cpu.synchronizeRcu();
            cpu.clear(published(p));
        }
    }

    /// A reader may have the object of a device whose fields are not there yet.
    static final class PublishedTooEarly extends FreshObject {
        @Override
        public void publish(Cpu cpu, SwapDevice p, SwapOn.Arrays fresh) {
            Ptr si = cpu.alloc(kind(p));
            cpu.write(si.at(max(p)), 1);
            cpu.rcuAssignPointer(published(p), si);
            SwapOn.setupLocked(cpu, p, fresh);
            SwapOn.enableLocked(cpu, p, enabledFlags());
        }
    }
}
