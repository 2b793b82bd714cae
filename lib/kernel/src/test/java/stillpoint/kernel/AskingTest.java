package stillpoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What clients ask beside running cells.
class AskingTest implements OneKernel {
    @Test
    void theKernelSaysWhoItIs() throws Exception {
        JsonObject info = kernel().ask("kernel_info_request", new JsonObject()).reply();
        assertThat(info.get("protocol_version").getAsString()).isEqualTo("5.4");
        assertThat(info.get("debugger").getAsBoolean()).isFalse();
        assertThat(info.getAsJsonArray("supported_features")).isEmpty();
        JsonObject language = info.getAsJsonObject("language_info");
        assertThat(language.get("name").getAsString()).isEqualTo("java");
        assertThat(language.get("version").getAsString())
                .isEqualTo(Integer.toString(Runtime.version().feature()));
        assertThat(language.get("file_extension").getAsString()).isEqualTo(".jshell");
    }

    @Test
    void aMemberIsCompleted() throws Exception {
        kernel().run("String word = \"w\";");
        JsonObject reply = kernel().about("complete_request", "/* 😀 */ word.toUpp");
        assertThat(matches(reply)).containsExactly("toUpperCase(");
        assertThat(reply.get("cursor_start").getAsInt()).isEqualTo(13);
        assertThat(reply.get("cursor_end").getAsInt()).isEqualTo(18);
    }

    @Test
    void aCompletionSaysWhatItIs() throws Exception {
        kernel().run("String word = \"w\";");
        assertThat(kinds("word.toUpp"))
                .isEqualTo("function String String.toUpperCase(Locale locale)");
        assertThat(kinds("StringBuff")).startsWith("class");
        assertThat(kinds("wor")).startsWith("instance");
    }

    private String kinds(String code) throws Exception {
        JsonObject kind =
                kernel().about("complete_request", code)
                        .getAsJsonObject("metadata")
                        .getAsJsonArray("_jupyter_types_experimental")
                        .get(0)
                        .getAsJsonObject();
        return kind.get("type").getAsString()
                + " "
                + (kind.has("signature") ? kind.get("signature").getAsString() : "");
    }

    @Test
    void whatTheCellDeclaresAboveIsCompletedToo() throws Exception {
        assertThat(
                        matches(
                                kernel().about(
                                                "complete_request",
                                                "String inside = \"w\";\ninside.toUpp")))
                .containsExactly("toUpperCase(");
        assertThat(matches(kernel().about("complete_request", "String inside = \"w\";\nins")))
                .contains("inside");
    }

    private static List<String> matches(JsonObject reply) {
        return Client.strings(reply.getAsJsonArray("matches"));
    }

    @Test
    void aMethodIsInspected() throws Exception {
        JsonObject reply = kernel().about("inspect_request", "\"abc\".substring");
        assertThat(reply.get("found").getAsBoolean()).isTrue();
        assertThat(reply.getAsJsonObject("data").get("text/plain").getAsString())
                .contains(
                        "String String.substring(int beginIndex, int endIndex)",
                        "/docs/api/java.base/java/lang/String.html");
    }

    @Test
    void aNameOfALibraryIsInspectedWithItsJar() throws Exception {
        assertThat(
                        kernel().about("inspect_request", "new XYChartBuilder().build")
                                .getAsJsonObject("data")
                                .get("text/plain")
                                .getAsString())
                .containsPattern(
                        "from xchart-[\\d.]+\\.jar: org\\.knowm\\.xchart\\.XYChartBuilder");
    }

    @Test
    void anUnknownNameIsNotFound() throws Exception {
        assertThat(kernel().about("inspect_request", "nowhere").get("found").getAsBoolean())
                .isFalse();
    }

    @Test
    void anOpenBlockIsIncompleteAndIndented() throws Exception {
        JsonObject reply = kernel().about("is_complete_request", "if (true) {\n    while (true) {");
        assertThat(reply.get("status").getAsString()).isEqualTo("incomplete");
        assertThat(reply.get("indent").getAsString()).isEqualTo("        ");
        assertThat(kernel().about("is_complete_request", "1 + 1").get("status").getAsString())
                .isEqualTo("complete");
        assertThat(kernel().about("is_complete_request", "int x = ;").get("status").getAsString())
                .isEqualTo("invalid");
    }

    @Test
    void historyHoldsTheCellsOfTheSession() throws Exception {
        kernel().run("int remembered = 1;");
        var ask = new JsonObject();
        ask.addProperty("output", false);
        ask.addProperty("raw", true);
        ask.addProperty("hist_access_type", "tail");
        ask.addProperty("n", 1);
        JsonObject reply = kernel().ask("history_request", ask).reply();
        assertThat(reply.getAsJsonArray("history").get(0).getAsJsonArray().get(2).getAsString())
                .isEqualTo("int remembered = 1;");
    }

    @Test
    void thereAreNoComms() throws Exception {
        assertThat(
                        kernel().ask("comm_info_request", new JsonObject())
                                .reply()
                                .getAsJsonObject("comms")
                                .size())
                .isZero();
    }

    @Test
    void userExpressionsAreEvaluatedBesideTheCell() throws Exception {
        JsonObject cell = Client.cell("int base = 40;");
        cell.getAsJsonObject("user_expressions").addProperty("good", "base + 2");
        cell.getAsJsonObject("user_expressions").addProperty("bad", "nothing");
        JsonObject values =
                kernel().ask("execute_request", cell).reply().getAsJsonObject("user_expressions");
        assertThat(
                        values.getAsJsonObject("good")
                                .getAsJsonObject("data")
                                .get("text/plain")
                                .getAsString())
                .isEqualTo("42");
        assertThat(values.getAsJsonObject("bad").get("status").getAsString()).isEqualTo("error");
    }

    @Test
    void aSilentCellShowsNothingAndIsNotCounted() throws Exception {
        int before = kernel().run("0;").reply().get("execution_count").getAsInt();
        JsonObject cell = Client.cell("System.out.println(1);\n2");
        cell.addProperty("silent", true);
        assertThat(kernel().ask("execute_request", cell).types())
                .containsExactly("status", "status");
        assertThat(kernel().run("0;").reply().get("execution_count").getAsInt())
                .isEqualTo(before + 1);
    }

    @Test
    void scannersReadWhatTheClientTypes() throws Exception {
        assertThat(
                        kernel().runWithInput(
                                        "var in = new Scanner(System.in);\nString typed = in.nextLine() + in.nextInt();\nin.close();\ntyped",
                                        "é",
                                        "7")
                                .result())
                .isEqualTo("é7");
        assertThat(kernel().runWithInput("new Scanner(System.in).nextLine()", "again").result())
                .isEqualTo("again");
    }

    @Test
    void aRunWithoutAnyoneToTypeSaysSo() throws Exception {
        assertThat(kernel().run("new Scanner(System.in).nextLine()").error())
                .contains("nobody can type in this run");
    }
}
