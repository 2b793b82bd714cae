package stillpoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stillpoint.kernel.wire.Message;

/// Cells of earlier sessions.
class HistoryTest {
    @TempDir private Path folder;

    /// Two sessions that are over.
    @BeforeEach
    void past() {
        session("one", "two");
        session("three", "two");
    }

    private History session(String... cells) {
        var history = new History(Optional.of(folder));
        for (int i = 0; i < cells.length; i++) history.add(i + 1, cells[i]);
        return history;
    }

    private static String ask(History history, String json) {
        JsonObject content = JsonParser.parseString(json).getAsJsonObject();
        Message request = Message.to(Message.Origin.NONE, "history_request", content);
        return history.reply(request).getAsJsonArray("history").toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"hist_access_type\": \"tail\", \"n\": 2}|[[2,2,\"two\"],[3,1,\"now\"]]",
                "{\"hist_access_type\": \"tail\", \"n\": 1, \"output\": true}|[[3,1,[\"now\",null]]]",
                "{\"hist_access_type\": \"range\", \"session\": 0, \"start\": 1, \"stop\": null}|[[3,1,\"now\"]]",
                "{\"hist_access_type\": \"range\", \"session\": -1, \"start\": 1, \"stop\": 2}|[[2,1,\"three\"]]",
                "{\"hist_access_type\": \"range\", \"session\": 1, \"start\": 2}|[[1,2,\"two\"]]",
                "{\"hist_access_type\": \"range\", \"session\": -9}|[]",
                "{\"hist_access_type\": \"range\", \"session\": 9}|[]",
                "{\"hist_access_type\": \"search\", \"pattern\": \"t*\"}|[[1,2,\"two\"],[2,1,\"three\"],[2,2,\"two\"]]",
                "{\"hist_access_type\": \"search\", \"pattern\": \"t?o\", \"unique\": true}|[[2,2,\"two\"]]",
                "{\"hist_access_type\": \"search\", \"pattern\": \"*o*\", \"n\": 1}|[[3,1,\"now\"]]",
                "{\"hist_access_type\": \"nonsense\", \"n\": 1}|[[3,1,\"now\"]]",
            })
    void eachKindOfQuestionIsAnswered(String question, String answer) {
        assertThat(ask(session("now"), question)).isEqualTo(answer);
    }

    @Test
    void twoKernelsAtOnceWriteTwoSessions() {
        var first = new History(Optional.of(folder));
        var second = new History(Optional.of(folder));
        first.add(1, "a");
        second.add(1, "b");
        first.add(2, "c");
        assertThat(ask(first, "{\"hist_access_type\": \"range\", \"session\": 3}"))
                .isEqualTo("[[3,1,\"a\"],[3,2,\"c\"]]");
        assertThat(ask(second, "{\"hist_access_type\": \"range\", \"session\": 0}"))
                .isEqualTo("[[4,1,\"b\"]]");
    }

    @Test
    void aLineThatWasCutShortCostsNothingBeforeIt() throws IOException {
        Files.writeString(
                folder.resolve("00000002.jsonl"), "{\"n\":1,\"code\":\"kept\"}\n{\"n\":2,\"co");
        assertThat(ask(session("now"), "{\"n\": 2}")).isEqualTo("[[2,1,\"kept\"],[3,1,\"now\"]]");
    }

    @Test
    void aFolderThatCannotBeWrittenCostsThePastOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        var history = new History(Optional.of(file.resolve("below")));
        history.add(1, "a");
        assertThat(ask(history, "{\"n\": 5}")).isEqualTo("[[1,1,\"a\"]]");
    }

    @Test
    void theEnvironmentSaysWhereOrNot() {
        assertThat(History.folder(Map.of("STILLPOINT_HISTORY", "off"), "/home/u")).isEmpty();
        assertThat(History.folder(Map.of("STILLPOINT_HISTORY", "/h"), "/home/u"))
                .contains(Path.of("/h"));
        assertThat(History.folder(Map.of(), "/home/u"))
                .contains(Path.of("/home/u/.local/state/stillpoint/history"));
        assertThat(List.of(History.folder(Map.of("XDG_STATE_HOME", "/s"), "/home/u").orElseThrow()))
                .containsExactly(Path.of("/s/stillpoint/history"));
    }
}
