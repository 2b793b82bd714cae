package stillpoint.notebook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;

/// Writes a file whole or not at all: beside, to the disk, then renamed over the old one.
///
/// On a full disk or in a read-only folder nothing half-written stays behind and the old file is
/// untouched.
public final class AtomicFile {
    private AtomicFile() {}

    /// How bytes get into the channel; tests put a full disk here.
    interface Pour {
        void into(FileChannel channel, ByteBuffer bytes) throws IOException;
    }

    private static final Pour WHOLE =
            (channel, bytes) -> {
                while (bytes.hasRemaining()) channel.write(bytes);
            };

    /// Replaces the content of `path`, or creates it. A symbolic link is followed and stays a link;
    /// permissions stay.
    ///
    /// @throws NotebookException if that is not possible; the message says why, and the file is as
    ///   it was
    public static void write(Path path, byte[] content) throws IOException {
        write(path, content, WHOLE);
    }

    static void write(Path path, byte[] content, Pour pour) throws IOException {
        writeAll(Map.of(path, content), pour);
    }

    /// Replaces several files, all or none: every one is on the disk beside its place before the
    /// first takes it.
    ///
    /// @throws NotebookException naming the file that cannot be written
    public static void writeAll(Map<Path, byte[]> files) throws IOException {
        writeAll(files, WHOLE);
    }

    static void writeAll(Map<Path, byte[]> files, Pour pour) throws IOException {
        var beside = new ArrayList<Beside>();
        try {
            for (var file : files.entrySet()) beside.add(beside(file.getKey(), file.getValue(), pour));
            for (Beside each : beside) each.rename();
        } finally {
            for (Beside each : beside) Files.deleteIfExists(each.file());
        }
    }

    /// New content on the disk, not yet in its place.
    ///
    /// @param path as the caller names it
    /// @param target where it goes, links followed
    private record Beside(Path path, Path target, Path file) {
        void rename() throws IOException {
            try {
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw unwritten(path, e);
            }
        }
    }

    private static Beside beside(Path path, byte[] content, Pour pour) throws IOException {
        Path file = path;
        boolean whole = false;
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            // The rename alone would replace even a file that is write-protected.
            if (Files.exists(target) && !Files.isWritable(target))
                throw new AccessDeniedException(path.toString());
            file = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try (var channel =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                pour.into(channel, ByteBuffer.wrap(content));
                channel.force(true);
            }
            if (Files.exists(target)
                    && Files.getFileStore(target).supportsFileAttributeView("posix"))
                Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(target));
            whole = true;
            return new Beside(path, target, file);
        } catch (IOException e) {
            throw unwritten(path, e);
        } finally {
            if (!whole && !file.equals(path)) Files.deleteIfExists(file);
        }
    }

    private static NotebookException unwritten(Path path, IOException e) {
        return new NotebookException(
                path + ": cannot be written (" + reason(e) + "), and is as it was; " + wayOn(e), e);
    }

    /// The operating system's words for it, without the path.
    public static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such folder";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    private static String wayOn(IOException e) {
        return switch (e) {
            case AccessDeniedException _ ->
                    "make the file and its folder writable, or choose another folder";
            case NoSuchFileException _ -> "create the folder first, or choose another one";
            default -> "free some space or choose another folder, then try again";
        };
    }
}
