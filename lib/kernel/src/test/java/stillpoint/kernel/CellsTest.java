package stillpoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import stillpoint.kernel.Client.Answer;
import stillpoint.kernel.Client.Message;

/// What cells show.
class CellsTest implements OneKernel {
    @Test
    void theValueOfTheLastExpressionIsTheResult() throws Exception {
        assertThat(kernel().run("int a = 20;\na + 22").result()).isEqualTo("42");
    }

    @Test
    void aSemicolonHidesTheValue() throws Exception {
        assertThat(kernel().run("\"quiet\".length();").types()).doesNotContain("execute_result");
    }

    @Test
    void aCellIsBusyThenEchoedThenIdle() throws Exception {
        assertThat(kernel().run("1 + 1").types())
                .containsExactly("status", "execute_input", "execute_result", "status");
    }

    @Test
    void whatIsPrintedArrivesWhileTheCellRuns() throws Exception {
        Answer answer =
                kernel().run(
                                "System.out.println(\"first\");\nThread.sleep(1500);\nSystem.out.println(\"second\");");
        var times =
                answer.published().stream()
                        .filter(each -> each.type().equals("stream"))
                        .map(Message::nanos)
                        .toList();
        assertThat(times).hasSize(2);
        assertThat(times.getLast() - times.getFirst()).isGreaterThan(500_000_000L);
    }

    @Test
    void bothStreamsKeepTheOrderInWhichTheyWereWritten() throws Exception {
        Answer answer =
                kernel().run(
                                "for (int i = 0; i < 3; i++) { System.out.print(i); System.err.print(i); }");
        var texts =
                answer.published().stream()
                        .filter(each -> each.type().equals("stream"))
                        .map(each ->
                                each.content().get("name").getAsString()
                                        + each.content().get("text").getAsString())
                        .toList();
        assertThat(texts)
                .containsExactly("stdout0", "stderr0", "stdout1", "stderr1", "stdout2", "stderr2");
    }

    @Test
    void muchOutputArrivesWhole() throws Exception {
        Answer answer = kernel().run("for (int i = 0; i < 200_000; i++) System.out.println(i);");
        assertThat(answer.stdout()).hasLineCount(200_000).endsWith("199999\n");
    }

    @Test
    void aThreadOfACellPrintsIntoIt() throws Exception {
        Answer answer =
                kernel().run(
                                "var t = new Thread(() -> System.out.println(\"from a thread\"));\nt.start();\nt.join();");
        assertThat(answer.stdout()).isEqualTo("from a thread\n");
    }

    @Test
    void theCommonPoolPrintsIntoTheCellThatRuns() throws Exception {
        String code = "IntStream.range(0, 64).parallel().forEach(i -> System.out.println(\"x\"));";
        kernel().run(code);
        assertThat(kernel().run(code).stdout()).hasLineCount(64);
    }

    @Test
    void textOutsideAsciiIsNotCut() throws Exception {
        assertThat(kernel().run("System.out.print(\"é漢😀\".repeat(5000));\n\"é漢😀\"").stdout())
                .isEqualTo("é漢😀".repeat(5000));
    }

    @Test
    void aDisplayInTheMiddleComesBeforeWhatFollows() throws Exception {
        assertThat(kernel().run("display(1);\nSystem.out.println(2);\ndisplay(3);\n4").types())
                .containsExactly(
                        "status",
                        "execute_input",
                        "display_data",
                        "stream",
                        "display_data",
                        "execute_result",
                        "status");
    }

    @Test
    void aSentenceIsMarkdownAndPlainText() throws Exception {
        JsonObject data =
                kernel().run("say(\"**%d** readers\", 3)").data("execute_result").getFirst();
        assertThat(data.get("text/markdown").getAsString()).isEqualTo("**3** readers");
        assertThat(data.get("text/plain").getAsString()).isEqualTo("3 readers");
    }

    @Test
    void svgHtmlAndPngComeWithPlainText() throws Exception {
        JsonObject svg =
                kernel().run("svg(\"<svg/>\", \"a drawing\")").data("execute_result").getFirst();
        assertThat(svg.keySet()).containsExactlyInAnyOrder("image/svg+xml", "text/plain");
        JsonObject html =
                kernel().run("html(\"<b>x</b>\", \"x\")").data("execute_result").getFirst();
        assertThat(html.keySet()).containsExactlyInAnyOrder("text/html", "text/plain");
        JsonObject png =
                kernel().run(
                                "new java.awt.image.BufferedImage(2, 2, java.awt.image.BufferedImage.TYPE_INT_RGB)")
                        .data("execute_result")
                        .getFirst();
        assertThat(png.keySet()).containsExactlyInAnyOrder("image/png", "text/plain");
    }

    @Test
    void aDisplayCanBeReplacedAndTheOutputCleared() throws Exception {
        Answer answer =
                kernel().run("display(1, \"d\");\nupdateDisplay(2, \"d\");\nclearOutput();");
        assertThat(answer.types()).contains("display_data", "update_display_data", "clear_output");
        assertThat(
                        answer.published()
                                .get(2)
                                .content()
                                .getAsJsonObject("transient")
                                .get("display_id")
                                .getAsString())
                .isEqualTo("d");
    }

    @Test
    void arraysShowTheirElements() throws Exception {
        assertThat(kernel().run("new int[][] {{1, 2}, {3}}").result()).isEqualTo("[[1, 2], [3]]");
    }

    @Test
    void noAddressOfMemoryIsShown() throws Exception {
        assertThat(kernel().run("class Plain {}\nnew Plain()").result()).isEqualTo("Plain@…");
        assertThat(kernel().run("Runnable r = () -> {};\nr").result()).isEqualTo("a lambda");
        assertThat(kernel().run("List.of(new Plain())").result()).isEqualTo("[Plain@…]");
    }

    @Test
    void aRecordMayBeDeclaredAnew() throws Exception {
        kernel().run("record Twice(int a) {}\nint useTwice() { return new Twice(1).a(); }");
        assertThat(
                        kernel().run(
                                        "record Twice(int a) { public int a() { return 10 * a; } }\nuseTwice()")
                                .result())
                .isEqualTo("10");
    }

    @Test
    void aSealedTypeAndWhatItPermitsStandInOneCell() throws Exception {
        assertThat(
                        kernel().run(
                                        "sealed interface S permits A, B {}\nrecord A(int x) implements S {}\n"
                                                + "record B(int y) implements S {}\nS s = new B(7);\nswitch (s) { case A(int x) -> x; case B(int y) -> -y; }")
                                .result())
                .isEqualTo("-7");
    }

    @Test
    void mainOfAClassInTheSameCellRuns() throws Exception {
        assertThat(
                        kernel().run(
                                        "public class Hello {\n  public static void main(String[] args) { System.out.printf(\"%d%%%n\", 5); }\n}\nHello.main(null);")
                                .stdout())
                .isEqualTo("5%\n");
    }

    @Test
    void anEmptyCellAndACommentAreFine() throws Exception {
        assertThat(kernel().run("").status()).isEqualTo("ok");
        assertThat(kernel().run("// nothing\n/* here */").status()).isEqualTo("ok");
    }

    @Test
    void whatIsNotDeclaredYetIsTold() throws Exception {
        Answer answer = kernel().run("int early() { return later(); }");
        assertThat(answer.stream("stderr"))
                .isEqualTo(
                        "early is declared, but cannot be used until method later() is declared too\n");
        assertThat(kernel().run("int later() { return 5; }\nearly()").result()).isEqualTo("5");
    }

    @Test
    void anImportOfACellWinsOverThePreloadedName() throws Exception {
        assertThat(
                        kernel().run("import tech.tablesaw.api.Table;\nTable.create(\"t\").name()")
                                .result())
                .isEqualTo("t");
    }

    @Test
    void tablesAndChartsOfTheLibrariesAreAtHand() throws Exception {
        assertThat(
                        kernel().run(
                                        "IntColumn.create(\"n\", 1, 2).sum() + new XYChartBuilder().build().getWidth()")
                                .status())
                .isEqualTo("ok");
    }
}
