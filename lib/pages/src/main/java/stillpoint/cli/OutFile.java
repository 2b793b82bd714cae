package stillpoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/// The file that a command was told to write.
final class OutFile {
    private OutFile() {}

    /// Says why it cannot be written, before work that takes long and not behind it.
    ///
    /// @throws CommandException if there is no such folder, or nothing can be written there
    static void demandWritable(Path out) {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || folder == null || !Files.isDirectory(folder))
            throw new CommandException(
                    ExitCode.UNWRITABLE,
                    out
                            + ": "
                            + (Files.isDirectory(out) ? "is a folder" : "no such folder")
                            + "; name a file in a folder that is there");
        if (!Files.isWritable(folder))
            throw new CommandException(
                    ExitCode.UNWRITABLE,
                    out + ": permission denied; name a file in a folder that can be written");
    }
}
