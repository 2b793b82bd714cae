// Review of V7, 20190214023805.GA19090@redhat.com, with two devices
package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stillpoint.check.Checker;
import stillpoint.check.Survey;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Table;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Model;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.CpuMask;
import stillpoint.program.Fault;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.Memory;
import stillpoint.program.Mutex;
import stillpoint.program.Ptr;
import stillpoint.program.Recorder;
import stillpoint.program.Val;

/// Two swapoffs at the same time, of different devices, whose stops share the static word of Andrea
/// Arcangeli's sketch: `stop_machine()` takes one caller at a time, but what a caller does to the
/// word before its stop is no part of that.
///
/// A device is a pointer to its map and, for V7's readers, the bit `SWP_VALID`; see
/// [ActiveCallback] for the sketch on a whole device.
public enum TwoDevices {
    /// As posted: the word is never set back. Readers test `SWP_VALID`, which needs the stop alone.
    AS_POSTED(true),
    /// The same with readers who trust that a map which is gone is NULL.
    NEVER_SET_BACK(false),
    /// Each caller sets the word back before its stop, and holds nothing meanwhile.
    SET_BACK_BY_THE_CALLER(false),
    /// The same under a mutex that is held across the stop.
    SET_BACK_UNDER_A_MUTEX(false),
    /// A word for each call, as `stop_machine()` hands over its `data`.
    A_WORD_OF_ITS_OWN(false),
    /// A mask of NULL: one CPU runs the callback, and there is no word.
    NULL_MASK(false);

    /// What is met where a swapoff frees its map and leaves the pointer.
    public static final String NOT_CLEARED = "swap_map not cleared";

    private static final int MOST_READERS = 4;

    private final boolean valid;

    TwoDevices(boolean valid) {
        this.valid = valid;
    }

    /// Both devices, and what their swapoffs share.
    private static final class Shared {
        final Memory memory = new Memory();
        final Kind kind = memory.kind("swap_map", 2);
        final Field<Val> count = memory.field(kind, "swap_map[0]", 1, 1);
        final Mutex mutex = memory.mutex("swapon_mutex");

        /// A device by its name: the language has no arrays of structures.
        Device device(String name) {
            return new Device(
                    name,
                    memory.pointer(name + "->swap_map", kind),
                    memory.word(name + "->valid", 1, 1));
        }

        Cell<Val> word(String name) {
            return memory.named(memory.word(name, 2, 0), "INIT", "START", "END");
        }
    }

    private record Device(String name, Cell<Ptr> swapMap, Cell<Val> valid) {}

    /// The model with this many readers of each device.
    ///
    /// @param readers 1 to 4
    /// @throws IllegalArgumentException if there are too few or too many readers
    public Model model(int readers) {
        if (readers < 1 || readers > MOST_READERS)
            throw new IllegalArgumentException(
                    "readers = "
                            + readers
                            + ": each of two devices has 1 to "
                            + MOST_READERS
                            + " readers; try 1");
        var s = new Shared();
        var agents = new ArrayList<Agent>();
        var sometimes = new ArrayList<String>();
        for (Device d : List.of(s.device("a"), s.device("b"))) {
            var reader = Recorder.record("reader of " + d.name(), cpu -> read(cpu, s, d));
            var swapoff = Recorder.record("swapoff of " + d.name(), cpu -> swapoff(cpu, s, d));
            agents.add(new Agent("reader of " + d.name(), reader, readers));
            agents.add(new Agent("swapoff of " + d.name(), swapoff, 1));
            sometimes.addAll(List.of(used(d), finished(d)));
        }
        return new Model(
                "two devices, " + words(),
                s.memory,
                agents,
                sometimes,
                Bounds.of("readers of each", "" + readers, "devices", "2", "swapoff", "once each"),
                (fault, object) ->
                        fault == Fault.ASSERTION
                                ? NOT_CLEARED
                                : SwapModel.failureClass(fault, object));
    }

    /// What each variant meets on a kernel: a map that is freed and whose pointer stays, and
    /// whether a reader follows it (`F2`).
    ///
    /// @param readers of each device, 1 to 4
    public static Table table(int readers, Config config) {
        var rows = new ArrayList<List<Object>>();
        for (TwoDevices variant : values()) {
            Survey survey = Checker.of(config).survey(variant.model(readers));
            rows.add(
                    List.of(
                            variant.words(),
                            variant.valid ? "SWP_VALID" : "swap_map",
                            Answer.word(survey, false),
                            survey.counts().states()));
        }
        return Table.of(
                "Two devices, readers of each " + readers + ", " + config,
                List.of("the word", "readers test", "verdict", "states"),
                rows);
    }

    private String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String used(Device d) {
        return "a reader used the map of " + d.name();
    }

    private static String finished(Device d) {
        return "swapoff of " + d.name() + " finished";
    }

    // ---- the programs

    /// get, a use, put.
    private void read(Cpu cpu, Shared s, Device d) {
        cpu.preemptDisable();
        boolean got =
                cpu.test(
                        "get_swap_device",
                        () -> valid ? cpu.read(d.valid()).is(1) : cpu.read(d.swapMap()).exists());
        if (got) {
            boolean counted = cpu.read(cpu.read(d.swapMap()).at(s.count)).is(1);
            if (counted) cpu.sometimes(used(d));
        }
        cpu.preemptEnable();
    }

    private void swapoff(Cpu cpu, Shared s, Device d) {
        if (valid) cpu.write(d.valid(), 0);
        Ptr map = cpu.read(d.swapMap());
        cpu.call("swap_onoff_stop", () -> stop(cpu, s, d));
        cpu.call("vfree", () -> cpu.free(map));
        cpu.sometimes(finished(d));
        cpu.must(cpu.read(d.swapMap()).isNull(), "what swapoff freed is not pointed to");
    }

    private void stop(Cpu cpu, Shared s, Device d) {
        Cell<Val> word =
                s.word(this == A_WORD_OF_ITS_OWN ? d.name() + "->first" : "first_stop_machine");
        switch (this) {
            case AS_POSTED, NEVER_SET_BACK, A_WORD_OF_ITS_OWN -> onEveryCpu(cpu, d, word);
            case SET_BACK_BY_THE_CALLER -> {
                cpu.writeOnce(word, 0);
                onEveryCpu(cpu, d, word);
            }
            case SET_BACK_UNDER_A_MUTEX -> {
                cpu.mutexLock(s.mutex);
                cpu.writeOnce(word, 0);
                onEveryCpu(cpu, d, word);
                cpu.mutexUnlock(s.mutex);
            }
            case NULL_MASK -> cpu.stopMachine(CpuMask.NULL, each -> each.clear(d.swapMap()));
        }
    }

    private static void onEveryCpu(Cpu cpu, Device d, Cell<Val> word) {
        ActiveCallback.onFirstCpu(cpu, word, each -> each.clear(d.swapMap()));
    }
}
