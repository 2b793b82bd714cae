package stillpoint.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The machine that QEMU makes for a measuring guest.
///
/// Everything that could differ between two runs is pinned where instructions are counted: one CPU
/// on one thread, a clock that moves a nanosecond an instruction and jumps over idle time, a fixed
/// date, seed and address layout. Two runs then print the same bytes, however loaded the host is;
/// and a nanosecond is no time of any hardware, since there are no caches and no contention.
///
/// @param qemu the program
/// @param kernel its image
/// @param disk the initial ram disk
/// @param kind what runs the guest's instructions
/// @param cpus of the guest
public record GuestMachine(String qemu, Path kernel, Path disk, Kind kind, int cpus) {
    /// The most that a guest is given.
    public static final int MOST_CPUS = 64;

    private static final String MEMORY = "512M";

    /// What runs the guest's instructions.
    public enum Kind {
        /// QEMU's emulator, counting them.
        ICOUNT("qemu tcg icount, one instruction a nanosecond"),
        /// QEMU's emulator, with a thread for each CPU.
        EMULATED("qemu tcg smp, emulated"),
        /// The host's own CPUs.
        KVM("qemu kvm smp");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    public GuestMachine {
        int most = kind == Kind.ICOUNT ? 1 : MOST_CPUS;
        if (cpus < 1 || cpus > most)
            throw new IllegalArgumentException(
                    "cpus = "
                            + cpus
                            + (kind == Kind.ICOUNT
                                    ? ": instructions are counted on 1 CPU (with more, Linux does not"
                                            + " boot there); try --mode smp"
                                    : ": a guest has 1 to " + most + " CPUs; try --cpus 2"));
    }

    /// What a file of measurements says under *environment*.
    ///
    /// @param hostCpus which the guest's CPUs share
    public String environment(int hostCpus) {
        return kind.words + (cpus > hostCpus ? ", overcommitted" : "");
    }

    /// The words of the command line that starts it.
    ///
    /// @param words for the guest's first process, by the names that `environment/guest/init` knows
    public List<String> command(Map<String, String> words) {
        var all = new ArrayList<>(List.of(qemu));
        switch (kind) {
            case ICOUNT ->
                    all.addAll(
                            List.of("-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off"));
            case EMULATED -> all.addAll(List.of("-accel", "tcg,thread=multi"));
            case KVM -> all.addAll(List.of("-accel", "kvm"));
        }
        all.addAll(List.of("-cpu", kind == Kind.KVM ? "host" : "max"));
        all.addAll(List.of("-smp", Integer.toString(cpus), "-m", MEMORY));
        all.addAll(List.of("-rtc", "base=2020-01-01,clock=vm", "-seed", "1"));
        all.addAll(List.of("-display", "none", "-nodefaults", "-no-reboot", "-serial", "stdio"));
        all.addAll(List.of("-kernel", kernel.toString(), "-initrd", disk.toString()));
        all.addAll(List.of("-append", append(words)));
        return List.copyOf(all);
    }

    private String append(Map<String, String> words) {
        SequencedMap<String, String> own = new LinkedHashMap<>(words);
        own.put("SP_COUNTS", kind == Kind.ICOUNT ? "1" : "0");
        var text =
                new StringBuilder(
                        "console=ttyS0 loglevel=4 panic=-1 nokaslr norandmaps random.trust_cpu=on");
        own.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }
}
