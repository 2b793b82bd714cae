package stillpoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.kernel.Client.Answer;
import stillpoint.kernel.Client.Message;

/// What is wrong with a message, and what two clients see of each other.
class WireTest implements OneKernel {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// After whatever was sent, an earlier result is there and the next cell runs.
    private void standsUp() throws Exception {
        assertThat(kernel().run("kept + 1").result()).isEqualTo("8");
    }

    private static byte[][] header(String type) {
        return new byte[][] {
            utf8("{\"msg_id\":\"m1\",\"session\":\"s\",\"msg_type\":\"" + type + "\"}"),
            utf8("{}"),
            utf8("{}"),
            utf8(Client.cell("throw new Error(\"ran\");").toString())
        };
    }

    @Test
    void whoeverHasNoKeyRunsNothing() throws Exception {
        kernel().run("int kept = 7;");
        byte[][] parts = header("execute_request");
        for (String signature : List.of("", "00", "0".repeat(64), "é".repeat(64)))
            kernel().sendRaw(Client.frames(signature, parts));
        standsUp();
        assertThat(kernel().heardAbout("m1")).isEmpty();
        assertThat(kernel().kernel().console()).contains("not signed with the key");
    }

    @Test
    void aMessageThatIsSentAgainDoesNotRunAgain() throws Exception {
        kernel().run("int times = 0;");
        byte[][] parts = header("execute_request");
        parts[0] = utf8("{\"msg_id\":\"m2\",\"session\":\"s\",\"msg_type\":\"execute_request\"}");
        parts[3] = utf8(Client.cell("times++;").toString());
        for (int i = 0; i < 2; i++) kernel().sendRaw(kernel().signed(parts));
        assertThat(kernel().run("times").result()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "\"text\"", "{\"a\":}", ""})
    void aSignedMessageThatIsNoJsonIsAnswered(String content) throws Exception {
        kernel().run("int kept = 7;");
        byte[][] parts = header("execute_request");
        parts[0] = utf8(parts0(content));
        parts[3] = utf8(content);
        kernel().sendRaw(kernel().signed(parts));
        standsUp();
        assertThat(kernel().heardAbout("bad" + content.length() + content.hashCode()))
                .anySatisfy(each -> {
                    assertThat(each.type()).isEqualTo("execute_reply");
                    assertThat(each.content().get("evalue").getAsString())
                            .contains("not JSON objects");
                });
    }

    private static String parts0(String content) {
        return "{\"msg_id\":\"bad"
                + content.length()
                + content.hashCode()
                + "\",\"session\":\"s\",\"msg_type\":\"execute_request\"}";
    }

    @Test
    void framesThatAreNoMessageAndBytesThatAreNoFramesAreIgnored() throws Exception {
        kernel().run("int kept = 7;");
        kernel().sendRaw(List.of(utf8("hello")));
        kernel().sendRaw(List.of(utf8("<IDS|MSG>")));
        kernel().sendRaw(List.of(utf8("<IDS|MSG>"), utf8(""), utf8("{}")));
        byte[][] broken = header("x");
        broken[0] = utf8("no header");
        kernel().sendRaw(kernel().signed(broken));
        int port = kernel().kernel().connection().get("shell_port").getAsInt();
        try (var socket = new Socket("127.0.0.1", port);
                OutputStream out = socket.getOutputStream()) {
            out.write(utf8("GET / HTTP/1.1\r\n\r\n".repeat(100)));
        }
        standsUp();
    }

    @Test
    void aMessageOf100MegabytesIsAnsweredAndChangesNothing() throws Exception {
        kernel().run("int kept = 7;");
        byte[][] parts = header("execute_request");
        parts[0] = utf8("{\"msg_id\":\"m3\",\"session\":\"s\",\"msg_type\":\"execute_request\"}");
        parts[3] = new byte[100 << 20];
        kernel().sendRaw(kernel().signed(parts));
        Answer answer = kernel().await("m3");
        assertThat(answer.error())
                .isEqualTo(
                        "MessageRefused: a message of 100 MB: the kernel takes at most 16; keep the data in a file and read it from the cell");
        assertThat(answer.types()).containsExactly("status", "error", "status");
        standsUp();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create_subshell_request",
                "debug_request",
                "input_reply",
                "comm_msg",
                "comm_close",
                "no such type"
            })
    void aTypeThatTheKernelDoesNotKnowIsIgnored(String type) throws Exception {
        assertThat(kernel().statuses(type, new JsonObject()))
                .extracting(Message::type)
                .containsExactly("status", "status");
    }

    @Test
    void contentsThatLackOrMistakeTheirPartsAreRead() throws Exception {
        var wrong = new JsonObject();
        wrong.addProperty("code", 7);
        wrong.addProperty("silent", "yes");
        wrong.addProperty("user_expressions", 3);
        assertThat(kernel().ask("execute_request", wrong).result()).isEqualTo("7");
        for (String type :
                List.of("execute", "complete", "inspect", "is_complete", "history", "comm_info"))
            assertThat(kernel().ask(type + "_request", new JsonObject()).status())
                    .isIn("ok", "complete");
    }

    @Test
    void twoClientsSeeTheSameAndEachGetsItsOwnReplies() throws Exception {
        try (Client other = kernel().join()) {
            String id = other.send("execute_request", Client.cell("System.out.print(\"hi\");"));
            Answer answer = other.await(id);
            assertThat(answer.stdout()).isEqualTo("hi");
            kernel().run("0;");
            List<Message> seen = kernel().heardAbout(id);
            assertThat(seen).extracting(Message::channel).containsOnly("iopub");
            assertThat(seen).extracting(Message::type).contains("execute_input", "stream");
        }
    }

    @Test
    void onlyTheClientWhoseCellFailedLosesItsQueue() throws Exception {
        try (Client other = kernel().join()) {
            kernel().begin("System.out.println(1); Thread.sleep(700); throw new Exception();");
            String own = kernel().send("execute_request", Client.cell("1"));
            String others = other.send("execute_request", Client.cell("2"));
            assertThat(kernel().await(own).status()).isEqualTo("aborted");
            assertThat(other.await(others).result()).isEqualTo("2");
        }
    }

    @Test
    void withoutStopOnErrorWhatStandsBehindRuns() throws Exception {
        JsonObject failing = Client.cell("Thread.sleep(300); throw new Exception();");
        failing.addProperty("stop_on_error", false);
        kernel().send("execute_request", failing);
        String behind = kernel().send("execute_request", Client.cell("5"));
        assertThat(kernel().await(behind).result()).isEqualTo("5");
    }

    @Test
    void aClientThatGoesAwayInTheMiddleLeavesTheKernelToOthers() throws Exception {
        try (Client other = kernel().join()) {
            other.begin("int left = 9;\nSystem.out.println(1); Thread.sleep(300);");
        }
        assertThat(kernel().run("left").result()).isEqualTo("9");
    }
}
