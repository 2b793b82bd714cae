package stillpoint.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a measuring guest boots, as `environment/guest/prepare.sh` leaves it in a folder.
///
/// @param folder with `vmlinuz`, `initramfs.gz`, and `about`: lines of `name: value`
/// @param about those: the kernel's package, its configuration, its HZ
public record GuestImage(Path folder, Map<String, String> about) {
    public GuestImage {
        about = Map.copyOf(about);
    }

    /// @throws Unavailable naming the file that is missing
    public static GuestImage in(Path folder) {
        for (String name : new String[] {"vmlinuz", "initramfs.gz", "about"})
            if (!Files.isReadable(folder.resolve(name)))
                throw new Unavailable(
                        folder.resolve(name)
                                + ": no such file; a guest boots a folder that `./stillpoint measure"
                                + " guest` prepared, so leave --image out");
        var about = new LinkedHashMap<String, String>();
        try {
            for (String line : Files.readAllLines(folder.resolve("about"))) {
                String[] item = line.split(": ", 2);
                if (item.length == 2 && !item[1].isBlank()) about.put(item[0], item[1].strip());
            }
        } catch (IOException e) {
            throw new Unavailable(
                    folder.resolve("about") + ": cannot be read (" + e + "); remove the folder");
        }
        return new GuestImage(folder, about);
    }

    Path kernel() {
        return folder.resolve("vmlinuz");
    }

    Path disk() {
        return folder.resolve("initramfs.gz");
    }

    /// The machine that boots it.
    ///
    /// @throws IllegalArgumentException if it cannot have as many CPUs
    public GuestMachine machine(String qemu, GuestMachine.Kind kind, int cpus) {
        return new GuestMachine(qemu, kernel(), disk(), kind, cpus);
    }

    /// One item of `about`, or [Provenance#UNKNOWN].
    public String item(String name) {
        return about.getOrDefault(name, Provenance.UNKNOWN);
    }
}
