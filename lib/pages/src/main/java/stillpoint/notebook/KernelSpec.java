package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How a kernel is started: a `kernel.json` and the folder it lies in.
///
/// @param name name of the folder, in lower case
/// @param folder where `kernel.json` lies; `{resource_dir}` in `argv`
/// @param argv the command, with `{connection_file}` in it
/// @param interrupt by signal or by message
/// @param environment variables to set for it
/// @param metadata free; Stillpoint keeps `stillpoint.home` and `stillpoint.build` here
public record KernelSpec(
        String name,
        Path folder,
        String displayName,
        String language,
        List<String> argv,
        Interrupt interrupt,
        SortedMap<String, String> environment,
        ObjectNode metadata) {
    private static final String REFRESH = "refresh it with: ./stillpoint kernel install";

    public KernelSpec {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /// How a kernel wants to be interrupted.
    public enum Interrupt {
        SIGNAL,
        MESSAGE
    }

    /// Finds an installed kernel, looking where Jupyter looks.
    ///
    /// @throws NotebookException if there is none of that name, naming where it was looked for
    public static KernelSpec find(String name) throws IOException {
        return find(name, searchPath(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    static KernelSpec find(String name, List<Path> folders) throws IOException {
        for (Path data : folders) {
            Path folder = data.resolve("kernels").resolve(name);
            if (Files.isRegularFile(folder.resolve("kernel.json"))) return read(folder);
        }
        throw new NotebookException(
                name
                        + ": no such kernel in "
                        + folders.stream()
                                .map(each -> each.resolve("kernels").toString())
                                .collect(Collectors.joining(", "))
                        + "; install it with: ./stillpoint kernel install");
    }

    /// Jupyter's data folders in the order in which Jupyter searches them; a virtual environment
    /// goes before the user's own.
    static List<Path> searchPath(Map<String, String> environment, Path home) {
        var folders = new LinkedHashSet<Path>();
        for (String each :
                environment.getOrDefault("JUPYTER_PATH", "").split(File.pathSeparator, -1))
            if (!each.isEmpty()) folders.add(Path.of(each));
        for (String prefix : List.of("VIRTUAL_ENV", "CONDA_PREFIX"))
            if (!environment.getOrDefault(prefix, "").isEmpty())
                folders.add(Path.of(environment.get(prefix), "share", "jupyter"));
        String own = environment.getOrDefault("JUPYTER_DATA_DIR", "");
        if (!own.isEmpty()) folders.add(Path.of(own));
        else {
            String data = environment.getOrDefault("XDG_DATA_HOME", "");
            folders.add(
                    data.isEmpty()
                            ? home.resolve(".local/share/jupyter")
                            : Path.of(data, "jupyter"));
            Path mac = home.resolve("Library/Jupyter");
            if (Files.isDirectory(mac)) folders.add(mac);
        }
        folders.add(Path.of("/usr/local/share/jupyter"));
        folders.add(Path.of("/usr/share/jupyter"));
        return List.copyOf(folders);
    }

    /// Reads the kernelspec in a folder.
    ///
    /// @throws NotebookException if there is no usable `kernel.json` in it
    public static KernelSpec read(Path folder) throws IOException {
        Path file = folder.resolve("kernel.json");
        JsonNode root;
        try {
            root = NotebookFile.JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new NotebookException(
                    file + ": not a readable kernelspec (" + AtomicFile.reason(e) + "); " + REFRESH,
                    e);
        }
        var argv = new ArrayList<String>();
        root.path("argv").forEach(each -> argv.add(each.asText()));
        if (argv.stream().noneMatch(each -> each.contains("{connection_file}")))
            throw new NotebookException(
                    file
                            + ": argv "
                            + argv
                            + ": a kernel is started with {connection_file}; "
                            + REFRESH);
        var environment = new TreeMap<String, String>();
        root.path("env")
                .properties()
                .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return new KernelSpec(
                name,
                folder,
                root.path("display_name").asText(name),
                root.path("language").asText(""),
                argv,
                root.path("interrupt_mode").asText("signal").equals("message")
                        ? Interrupt.MESSAGE
                        : Interrupt.SIGNAL,
                environment,
                root.path("metadata") instanceof ObjectNode given
                        ? given
                        : NotebookFile.JSON.createObjectNode());
    }

    /// The command line for a connection file.
    List<String> command(Path connectionFile) {
        return argv.stream()
                .map(each ->
                        each.replace("{connection_file}", connectionFile.toString())
                                .replace("{resource_dir}", folder.toAbsolutePath().toString()))
                .toList();
    }
}
