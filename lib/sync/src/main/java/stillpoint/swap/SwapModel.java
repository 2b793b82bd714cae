package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import stillpoint.evidence.Bounds;
import stillpoint.machine.Agent;
import stillpoint.machine.Model;
import stillpoint.program.Fault;

/// The whole model: readers that fault on one swap entry, and a CPU on which swapoff runs, and then
/// perhaps swapon.
public final class SwapModel {
    /// Broken when a fault maps what is not the process's own page.
    static final String OTHERS_PAGE = "a fault maps its own process's page";

    /// Broken when a fault gives up although its page is there to be had.
    static final String FALSE_OOM =
            "a fault whose page table entry still refers to the slot finds its page";

    private static final int MOST_READERS = 8;

    private SwapModel() {}

    /// A model of a design.
    ///
    /// @param readers how many threads fault on the entry, 1 to 8
    /// @param swapon whether another device is switched on in the same slot once swapoff is through
    /// @throws IllegalArgumentException if there are too few or too many readers
    public static Model of(SwapDesign design, int readers, boolean swapon, DeviceKind device) {
        return of(design, readers, swapon ? Scenario.SWAPON : Scenario.SWAPOFF, device);
    }

    /// A model of a design in a scenario.
    ///
    /// @param readers how many threads fault on the entry, 1 to 8
    /// @throws IllegalArgumentException if there are too few or too many readers
    public static Model of(SwapDesign design, int readers, Scenario scenario, DeviceKind device) {
        return of(design, readers, scenario, device, Watch.NOTHING);
    }

    /// The same with the kernel's own checks of the counts in `swap_map`, which fail where an
    /// update of a byte was lost.
    static Model audited(SwapDesign design, int readers, Scenario scenario, DeviceKind device) {
        return of(design, readers, scenario, device, Watch.COUNTS);
    }

    private static Model of(
            SwapDesign design, int readers, Scenario scenario, DeviceKind device, Watch watch) {
        return of(
                title(design, device),
                "reader",
                readers,
                () -> SwapPrograms.of(design, scenario, device, watch),
                scenario,
                device,
                List.of(SwapIn.GOT_THE_DEVICE, SwapIn.MAPPED_THE_PAGE));
    }

    /// A model of programs that were recorded, and then perhaps changed.
    static Model of(
            String title,
            SwapPrograms recorded,
            int readers,
            Scenario scenario,
            DeviceKind device) {
        return of(
                title,
                "reader",
                readers,
                () -> recorded,
                scenario,
                device,
                List.of(SwapIn.GOT_THE_DEVICE, SwapIn.MAPPED_THE_PAGE));
    }

    /// A model of recorded programs.
    ///
    /// @param reader the head of the column of those that use the entry
    /// @param sometimes what must happen to one of them
    static Model of(
            String title,
            String reader,
            int readers,
            Supplier<SwapPrograms> programs,
            Scenario scenario,
            DeviceKind device,
            List<String> sometimes) {
        if (readers < 1 || readers > MOST_READERS)
            throw new IllegalArgumentException(
                    "readers = "
                            + readers
                            + ": a swap model has 1 to "
                            + MOST_READERS
                            + " readers; try --readers 3");
        SwapPrograms recorded = programs.get();
        var swapoff = new Agent("swapoff", recorded.swapoff(), 1);
        return new Model(
                title,
                recorded.memory(),
                List.of(
                        new Agent(reader, recorded.reader(), readers),
                        scenario.repeats() ? swapoff.repeating() : swapoff),
                sometimes(sometimes, scenario.hasSwapon()),
                Bounds.of(
                        "readers",
                        Integer.toString(readers),
                        "swap entries",
                        "1",
                        "device",
                        device.word(),
                        "swapoff",
                        scenario.swapoffs(),
                        "swapon after it",
                        scenario.swapons()),
                SwapModel::failureClass);
    }

    /// A sibling's name says all that its design's title does not, and so does that of a reader's
    /// own design without a title of its own.
    static String title(SwapDesign design, DeviceKind device) {
        String name = Designs.nameOf(design);
        return (name.contains("/") || Designs.inheritsTitle(design)
                        ? name
                        : name + " " + design.title())
                + (device == DeviceKind.SSD ? "" : ", " + device + " device");
    }

    private static List<String> sometimes(List<String> ofReaders, boolean swapon) {
        var labels = new ArrayList<>(ofReaders);
        labels.add(SwapOff.FINISHED);
        if (swapon) labels.add(SwapOn.FINISHED);
        return labels;
    }

    /// The classes of the thread: F1 NULL `swap_map`, F2 freed `swap_map`, F3 lock in a freed
    /// `cluster_info`, F4 NULL or freed `swapper_spaces`, F5 NULL or freed `swap_file`, F6 another
    /// device's data taken for one's own.
    static String failureClass(Fault fault, String object) {
        boolean isNull = fault == Fault.NULL_DEREFERENCE;
        boolean isFreed = fault == Fault.USE_AFTER_FREE;
        if (fault == Fault.ASSERTION) return object.equals(OTHERS_PAGE) ? "F6" : "";
        if (!isNull && !isFreed) return "";
        return switch (object) {
            case "swap_map" -> isNull ? "F1" : "F2";
            case "cluster_info" -> "F3";
            case "swapper_spaces" -> "F4";
            case "swap_file" -> "F5";
            default -> "";
        };
    }

    /// What a failure class is, in words.
    public static String describe(String failureClass) {
        return switch (failureClass) {
            case "F1" -> "swap_map is NULL when it is indexed";
            case "F2" -> "swap_map is used after it was freed";
            case "F3" -> "a lock is taken in a cluster_info that was freed";
            case "F4" -> "swapper_spaces is NULL, or used after it was freed";
            case "F5" -> "swap_file is NULL, or used after it was freed";
            case "F6" ->
                    "the entry belongs to another device now, and its data is taken for one's own";
            default -> "";
        };
    }

    /// Every failure class of this model, in order.
    public static List<String> failureClasses() {
        return List.of("F1", "F2", "F3", "F4", "F5", "F6");
    }
}
