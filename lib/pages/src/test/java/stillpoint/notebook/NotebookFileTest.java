package stillpoint.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notebooks on disk: the bytes of the reference implementation, and what is refused.
class NotebookFileTest {
    @TempDir Path folder;

    /// Written and validated by Python's nbformat 5: odd line ends, attachments, every kind of cell
    /// and output, numbers of every form.
    private static String byTheReference() throws Exception {
        try (var in =
                Objects.requireNonNull(NotebookFileTest.class.getResourceAsStream("written-by-nbformat.ipynb"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void refuses(String json, String... words) {
        assertThatThrownBy(() -> NotebookFile.parse("n.ipynb", json))
                .isInstanceOf(NotebookException.class)
                .hasMessageStartingWith("n.ipynb: ")
                .hasMessageContainingAll(words);
    }

    private static String withCell(String cell) {
        return "{\"cells\":[" + cell + "],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}";
    }

    @Test
    void whatTheReferenceWroteIsWrittenByteForByteTheSame() throws Exception {
        String bytes = byTheReference();
        assertThat(NotebookFile.format(NotebookFile.parse("n.ipynb", bytes))).isEqualTo(bytes);
    }

    @Test
    void aByteOrderMarkAndWallClockTimesAreDropped() throws Exception {
        String bytes = byTheReference();
        String noisy =
                "\uFEFF"
                        + bytes.replace(
                                "\"collapsed\": false,",
                                "\"collapsed\": false, \"execution\": {\"iopub.status.busy\": \"2026-11-24T10:00:00Z\"},");
        assertThat(noisy).contains("iopub.status.busy");
        assertThat(NotebookFile.format(NotebookFile.parse("n.ipynb", noisy))).isEqualTo(bytes);
    }

    @Test
    void cellsOfAnOlderMinorGetTheSameIdsOnEveryRead() throws Exception {
        String old = withCell("{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":[\"a\\n\",\"b\"]}").replace("\"nbformat_minor\":5", "\"nbformat_minor\":2");
        var notebook = NotebookFile.parse("n.ipynb", old);
        assertThat(notebook.cells().getFirst().id()).isEqualTo("cell-001");
        assertThat(notebook.cells().getFirst().source()).isEqualTo("a\nb");
    }

    @Test
    void whatIsNoNotebookIsRefusedWithTheRule() {
        refuses("", "not a JSON object");
        refuses("hello", "not JSON", "line 1", "git checkout -- n.ipynb");
        refuses("{\"a\":1} {\"a\":2}", "not JSON");
        refuses("{\"nbformat\":4,\"nbformat\":4}", "not JSON", "Duplicate");
        refuses("[]", "not a JSON object");
        refuses("{}", "no \"nbformat\"");
        refuses("{\"nbformat\":3,\"worksheets\":[]}", "nbformat 3", "reads nbformat 4", "jupyter nbconvert");
        refuses("{\"nbformat\":5}", "nbformat 5", "save it as nbformat 4");
        refuses("{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{}}", "no \"cells\"");
    }

    @Test
    void aCellThatBreaksARuleIsNamed() {
        refuses(withCell("{\"cell_type\":\"code\",\"id\":\"a\",\"metadata\":{},\"source\":\"\",\"outputs\":[]}"), "cell 1 (id a): no \"execution_count\"");
        refuses(withCell("{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"\"}"), "cell 1: no \"id\"");
        refuses(withCell("{\"cell_type\":\"markdown\",\"id\":\"a b\",\"metadata\":{},\"source\":\"\"}"), "id \"a b\"", "1 to 64 of");
        refuses(withCell("{\"cell_type\":\"heading\",\"id\":\"a\",\"metadata\":{},\"source\":\"\"}"), "cell_type \"heading\"", "markdown, code or raw");
        String twice = "{\"cell_type\":\"markdown\",\"id\":\"a\",\"metadata\":{},\"source\":\"\"}";
        refuses(withCell(twice + "," + twice), "cell 2: id \"a\" is that of cell 1 too");
        refuses(withCell("{\"cell_type\":\"code\",\"id\":\"a\",\"metadata\":{},\"source\":\"\",\"execution_count\":1,\"outputs\":[{\"output_type\":\"pyout\"}]}"), "cell 1 (id a), output 1: output_type \"pyout\"");
    }

    @Test
    void aMissingFileAndAFolderAndForeignBytesAreNamed() throws Exception {
        assertThatThrownBy(() -> NotebookFile.read(folder.resolve("no.ipynb"))).hasMessageContainingAll("no.ipynb: no such notebook", "relative to");
        assertThatThrownBy(() -> NotebookFile.read(folder)).hasMessageContainingAll("cannot be read", "is a readable file");
        Path latin = Files.write(folder.resolve("latin.ipynb"), new byte[] {'"', (byte) 0xe4, '"'});
        assertThatThrownBy(() -> NotebookFile.read(latin)).hasMessageContainingAll("not UTF-8", "git checkout");
    }

    @Test
    void aLoneSurrogateAndANulStayValidJson() throws Exception {
        var notebook = Fakes.notebook("a\u0000b\uD800c");
        String text = NotebookFile.format(notebook);
        assertThat(text).contains("a\\u0000b\uFFFDc");
        NotebookFile.parse("n.ipynb", new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Test
    void aTitleIsTheCommentElseTheHeadingElseTheFirstLine() {
        assertThat(Fakes.notebook("// Search it\nrun()").titleOf("c1")).isEqualTo("Search it");
        assertThat(Fakes.notebook("\nrun()\nmore()").titleOf("c1")).isEqualTo("run()");
        assertThat(Fakes.notebook("x".repeat(90)).titleOf("c1")).hasSize(60).endsWith("…");
    }
}
