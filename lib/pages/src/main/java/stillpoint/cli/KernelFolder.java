package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of kernelspecs (`.../kernels`), and where Jupyter keeps them.
///
/// Places are those of `jupyter --paths` (Jupyter's documentation, "Common Directories and File
/// Locations"), found without Python so that nothing has to be installed.
///
/// @param path the folder that holds one folder for each kernel
record KernelFolder(Path path) {
    /// Of the user who runs this.
    static KernelFolder ofUser(Map<String, String> environment, String operatingSystem) {
        Path home = Path.of(System.getProperty("user.home"));
        Path data;
        if (environment.containsKey("JUPYTER_DATA_DIR"))
            data = Path.of(environment.get("JUPYTER_DATA_DIR"));
        else if (operatingSystem.startsWith("Mac")) data = home.resolve("Library/Jupyter");
        else if (!environment.getOrDefault("XDG_DATA_HOME", "").isEmpty())
            data = Path.of(environment.get("XDG_DATA_HOME"), "jupyter");
        else data = home.resolve(".local/share/jupyter");
        return ofData(data);
    }

    /// Under a prefix, as a Python or conda environment is one.
    static KernelFolder ofPrefix(Path prefix) {
        return ofData(prefix.resolve("share/jupyter"));
    }

    /// Under a Jupyter data folder.
    static KernelFolder ofData(Path data) {
        return new KernelFolder(data.toAbsolutePath().normalize().resolve("kernels"));
    }

    /// Every place that Jupyter and we look at, the first match winning.
    static List<KernelFolder> all(Checkout checkout, Map<String, String> environment) {
        var folders = new LinkedHashSet<KernelFolder>();
        folders.add(ofData(checkout.privateJupyter()));
        for (String data :
                environment.getOrDefault("JUPYTER_PATH", "").split(java.io.File.pathSeparator))
            if (!data.isEmpty()) folders.add(ofData(Path.of(data)));
        folders.add(ofUser(environment, System.getProperty("os.name")));
        for (String name : List.of("VIRTUAL_ENV", "CONDA_PREFIX"))
            if (environment.containsKey(name))
                folders.add(ofPrefix(Path.of(environment.get(name))));
        folders.add(ofPrefix(Path.of("/usr/local")));
        folders.add(ofPrefix(Path.of("/usr")));
        return List.copyOf(folders);
    }

    /// The folder of one kernel, if it is there.
    Optional<Path> find(String name) {
        Path folder = path.resolve(name);
        return Files.isRegularFile(folder.resolve("kernel.json"))
                ? Optional.of(folder)
                : Optional.empty();
    }

    /// The folders of all kernels, by name.
    List<Path> kernels() {
        if (!Files.isDirectory(path)) return List.of();
        try (Stream<Path> folders = Files.list(path)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("kernel.json")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Writes our kernelspec beside its place and renames it in: a Jupyter that looks meanwhile
    /// sees the old or the new.
    Path install(Kernelspec spec, Path icons) throws IOException {
        Path place = path.resolve(Kernelspec.NAME);
        if (Files.exists(place) && !Kernelspec.isOurs(place))
            throw new CommandException(
                    ExitCode.UNWRITABLE,
                    place
                            + ": there is a kernel of that name which Stillpoint did not write; remove it, or use --prefix");
        Files.createDirectories(path);
        Path next = Files.createTempDirectory(path, "." + Kernelspec.NAME);
        try {
            Files.writeString(next.resolve("kernel.json"), spec.json());
            for (String icon : List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg"))
                if (Files.exists(icons.resolve(icon)))
                    Files.copy(icons.resolve(icon), next.resolve(icon));
            if (!next.toFile().setExecutable(true, false)
                    || !next.toFile().setReadable(true, false))
                throw new IOException(next + ": cannot be made readable");
            deleteTree(place);
            Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(next);
        }
        return place;
    }

    /// Removes our kernelspec, and the folders above it that it leaves empty.
    ///
    /// @return whether there was one
    boolean uninstall() throws IOException {
        Path place = path.resolve(Kernelspec.NAME);
        if (!Kernelspec.isOurs(place)) return false;
        deleteTree(place);
        for (Path folder : emptied()) {
            try (Stream<Path> rest = Files.list(folder)) {
                if (rest.findAny().isPresent()) break;
            }
            Files.delete(folder);
        }
        return true;
    }

    private List<Path> emptied() {
        var folders = new ArrayList<Path>(List.of(path));
        Path data = path.getParent();
        if (data != null) folders.add(data);
        return folders;
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) return;
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
