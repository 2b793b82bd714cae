package stillpoint.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages into a folder.
class SiteWriterTest {
    @TempDir Path folder;

    @Test
    void aPageThatHasNotChangedIsNotTouched() throws Exception {
        var site = new SiteWriter(folder.resolve("a b/site"));
        Path page = site.write("x.html", "one");
        Files.setLastModifiedTime(page, FileTime.fromMillis(1000));
        site.write("x.html", "one");
        assertThat(Files.getLastModifiedTime(page).toMillis()).isEqualTo(1000);
        site.write("x.html", "two");
        assertThat(page).hasContent("two");
    }

    @Test
    void aFileInThePlaceOfTheFolderIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("site"), "mine");
        assertThatThrownBy(() -> new SiteWriter(file).open()).hasMessageContainingAll("site is a file", "--site");
        assertThatThrownBy(() -> new SiteWriter(file.resolve("below")).open()).hasMessageContainingAll("cannot be made", "--site");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aNameThatLeavesTheFolderIsRefused() {
        for (String name : new String[] {"../x.html", "/x.html", ".x", "a/b", "a\nb"})
            assertThatThrownBy(() -> new SiteWriter(folder).write(name, "x")).hasMessageContaining("rename the notebook");
    }

    @Test
    void openingProvesThatFilesCanBeWrittenAndLeavesNone() throws Exception {
        new SiteWriter(folder).open();
        assertThat(folder).isEmptyDirectory();
    }
}
