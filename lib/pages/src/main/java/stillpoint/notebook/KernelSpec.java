package stillpoint.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

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
    /// How a kernel wants to be interrupted.
    public enum Interrupt {
        SIGNAL,
        MESSAGE
    }

    /// Finds an installed kernel.
    ///
    /// @throws NotebookException if there is none of that name, naming where it was looked for
    public static KernelSpec find(String name) throws IOException {
        throw new UnsupportedOperationException(name);
    }
}
