package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where things are in the checkout that the launcher belongs to.
///
/// @param root the folder of the launcher, absolute
record Checkout(Path root) {
    /// The checkout of this process, as the launcher names it in `-Dstillpoint.home`; the working
    /// folder without one.
    static Checkout here() {
        return new Checkout(Path.of(System.getProperty("stillpoint.home", "")).toAbsolutePath());
    }

    Path notebooks() {
        return root.resolve("notebooks");
    }

    /// Recordings of real runs.
    Path measurements() {
        return root.resolve("data/measured");
    }

    Path site() {
        return root.resolve("site");
    }

    /// A Jupyter data folder of our own, so that a run needs nothing installed and leaves nothing
    /// outside.
    Path privateJupyter() {
        return root.resolve(".stillpoint/jupyter");
    }

    /// What a kernelspec is made from: its flags and its icons.
    Path kernelspecParts() {
        return root.resolve("environment/kernelspec");
    }

    /// What the launcher made at the last build: class paths and start-up caches.
    Path built() {
        return root.resolve("target/stillpoint");
    }

    /// The kernel's class path as the launcher wrote it: sorted, absolute, the second line of the
    /// file.
    String kernelClassPath() {
        Path file = built().resolve("classpath");
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() >= 2) return lines.get(1);
        } catch (IOException e) {
            // Said below: missing and too short have the same way on.
        }
        throw new CommandException(
                ExitCode.MISSING,
                file
                        + ": no class path of a build in it; start this with ./stillpoint, which builds");
    }
}
