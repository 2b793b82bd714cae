package stillpoint.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file is written whole or not at all, and so are several.
class AtomicFileTest {
    @TempDir Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A disk that takes this many more bytes.
    private static AtomicFile.Pour diskWith(int room) {
        int[] left = {room};
        return (channel, content) -> {
            ByteBuffer fits = content.slice(0, Math.min(left[0], content.limit()));
            left[0] -= channel.write(fits);
            if (fits.limit() < content.limit()) throw new IOException("No space left on device");
        };
    }

    private Stream<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingHalfWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, bytes("quite new"), diskWith(4)))
                .isInstanceOf(NotebookException.class)
                .hasMessageContainingAll(file.toString(), "No space left on device", "is as it was", "free some space");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void ofSeveralFilesAllAreWrittenOrNone() throws Exception {
        var files = new LinkedHashMap<Path, byte[]>();
        for (String name : new String[] {"a", "b", "c"}) files.put(Files.writeString(folder.resolve(name), "old " + name), bytes("new " + name));
        assertThatThrownBy(() -> AtomicFile.writeAll(files, diskWith(12))).hasMessageContaining(folder.resolve("c").toString());
        for (Path file : files.keySet()) assertThat(file).hasContent("old " + file.getFileName());
        assertThat(names()).containsExactly("a", "b", "c");
        AtomicFile.writeAll(files);
        for (Path file : files.keySet()) assertThat(file).hasContent("new " + file.getFileName());
        assertThat(names()).containsExactly("a", "b", "c");
    }

    @Test
    void aLinkStaysALinkAndPermissionsStay() throws Exception {
        Path file = Files.writeString(folder.resolve("real"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, bytes("new"));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("no").resolve("a");
        assertThatThrownBy(() -> AtomicFile.write(file, bytes("x"))).hasMessageContainingAll("no such folder", "create the folder");
    }

    /// Root may write everything, and then does.
    @Test
    void aWriteProtectedFileIsNotReplacedByTheBackDoor() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        if (Files.isWritable(file)) {
            AtomicFile.write(file, bytes("new"));
            assertThat(file).hasContent("new");
        } else {
            assertThatThrownBy(() -> AtomicFile.write(file, bytes("new")))
                    .hasMessageContainingAll("permission denied", "writable");
            assertThat(file).hasContent("old");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--r--r--");
    }
}
