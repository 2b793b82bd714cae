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
        open();
        Path file = folder.resolve(name);
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        if (!same(file, bytes)) AtomicFile.write(file, bytes);
        return file;
    }

    private void open() throws IOException {
        if (Files.isDirectory(folder)) return;
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new NotebookException(
                    folder
                            + ": pages need a folder, and "
                            + e.getFile()
                            + " is a file; move it away or choose another folder",
                    e);
        } catch (IOException e) {
            throw new NotebookException(
                    folder
                            + ": the folder for the pages cannot be made ("
                            + e.getMessage()
                            + "); make its parent writable or choose another folder",
                    e);
        }
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
