package stillpoint.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A notebook on disk: read with every rule of nbformat 4.5 checked, written whole or not at all.
///
/// Writing what was read leaves a file that nbformat or JupyterLab wrote byte for byte as it was,
/// with one exception: `metadata.execution` (wall-clock times) is dropped.
public final class NotebookFile {
    static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(200_000_000).build());
    }

    private NotebookFile() {}

    /// Reads and checks a notebook.
    ///
    /// @throws NotebookException if there is no such file, or it is not a notebook of nbformat 4
    public static Notebook read(Path path) throws IOException {
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new NotebookException(
                    path
                            + ": no such notebook; the path is relative to "
                            + Path.of("").toAbsolutePath(),
                    e);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new NotebookException(
                    path + ": not UTF-8: a notebook is a JSON file in UTF-8; " + wayBack(path), e);
        } catch (IOException e) {
            throw new NotebookException(
                    path
                            + ": cannot be read ("
                            + AtomicFile.reason(e)
                            + "); a notebook is a readable file",
                    e);
        }
        return parse(path.toString(), text);
    }

    /// Reads a notebook from a string.
    ///
    /// @param name what messages call it
    public static Notebook parse(String name, String text) throws NotebookException {
        JsonNode root;
        try {
            root = JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where =
                    at == null
                            ? ""
                            : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw new NotebookException(
                    name
                            + ": not JSON ("
                            + where
                            + e.getOriginalMessage().lines().findFirst().orElse("")
                            + "): a notebook is a JSON file; "
                            + wayBack(Path.of(name)),
                    e);
        }
        return new NotebookReader(name).notebook(root);
    }

    private static String wayBack(Path path) {
        return "bring it back with: git checkout -- " + path;
    }

    /// The bytes of the file, as text.
    public static String format(Notebook notebook) {
        return NotebookJson.write(NotebookWriter.tree(notebook));
    }

    /// Writes the notebook whole or not at all: see [AtomicFile].
    ///
    /// @throws NotebookException if it cannot be written; the file is then as it was
    public static void write(Path path, Notebook notebook) throws IOException {
        AtomicFile.write(path, format(notebook).getBytes(StandardCharsets.UTF_8));
    }

    /// Writes several notebooks, all or none.
    ///
    /// @throws NotebookException if one cannot be written; they are all as they were then
    public static void writeAll(Map<Path, Notebook> notebooks) throws IOException {
        var files = new LinkedHashMap<Path, byte[]>();
        notebooks.forEach(
                (path, notebook) -> files.put(path, format(notebook).getBytes(StandardCharsets.UTF_8)));
        AtomicFile.writeAll(files);
    }
}
