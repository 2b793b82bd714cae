package stillpoint.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import stillpoint.notebook.AtomicFile;
import stillpoint.notebook.NotebookException;

/// Puts pages into a folder, each whole or not at all. A page that has not changed is not touched.
public final class SiteWriter {
    private final Path folder;

    /// @param folder made when it is missing
    public SiteWriter(Path folder) {
        this.folder = folder;
    }

    /// Writes one page.
    ///
    /// @param name a plain file name, for example `index.html`
    /// @return where it is
    /// @throws NotebookException when it cannot be written; its message is complete, and the old
    ///   file is as it was
    public Path write(String name, String html) throws IOException {
        if (!name.matches("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*"))
            throw new NotebookException(
                    name
                            + ": a page is one file in its folder, so its name has no '/' and no '.' in front; rename the notebook");
        if (!Files.isDirectory(folder)) open();
        Path file = folder.resolve(name);
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        if (!same(file, bytes)) AtomicFile.write(file, bytes);
        return file;
    }

    /// Makes the folder and proves that it takes files, so that a run that could not be written
    /// need not begin.
    ///
    /// @throws NotebookException when it does not; its message is complete
    public void open() throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new NotebookException(
                    folder
                            + ": pages need a folder, and "
                            + e.getFile()
                            + " is a file; move it away or choose another folder with --site",
                    e);
        } catch (IOException e) {
            throw unwritable("cannot be made", e);
        }
        try {
            Files.delete(Files.createTempFile(folder, ".stillpoint-", ".tmp"));
        } catch (IOException e) {
            throw unwritable("takes no files", e);
        }
    }

    private NotebookException unwritable(String what, IOException e) {
        return new NotebookException(
                folder
                        + ": the folder for the pages "
                        + what
                        + " ("
                        + AtomicFile.reason(e)
                        + "); make it writable or choose another with --site",
                e);
    }

    private static boolean same(Path file, byte[] bytes) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == bytes.length
                    && java.util.Arrays.equals(Files.readAllBytes(file), bytes);
        } catch (IOException e) {
            return false;
        }
    }
}
