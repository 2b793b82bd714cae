package stillpoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import stillpoint.kernel.preload.Preload;

/// A session without sockets.
class SessionTest {
    private static final Gallery NO_PICTURES = (value, id) -> Optional.empty();

    @Test
    void temporaryVariablesDoNotPileUp() {
        try (var session = new Session(List.of())) {
            for (int i = 1; i <= 30; i++) run(session, i, i + " + 1");
            assertThat(session.temporaries()).isEmpty();
        }
    }

    @Test
    void twoRunsFromTheTopShowTheSame() {
        List<String> cells =
                List.of(
                        "class A {}\nnew A()",
                        "Map.of(\"k\", new A())",
                        "Runnable r = () -> {};\nr",
                        "int[] a = {1};\na",
                        "new A().toString().isEmpty()");
        assertThat(shown(cells))
                .isEqualTo(shown(cells))
                .contains("A@…", "{k=A@…}", "a lambda", "[1]", "false");
    }

    @Test
    void whatIsPreloadedIsThere() {
        try (var session = new Session(Preload.imports())) {
            assertThat(
                            run(
                                    session,
                                    1,
                                    "Verdict verdict = null;\nTable table = null;\nCpu cpu = null;\nConfig config = null;\nXYChart c = null;"))
                    .isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void anImportBehindACommentLeavesTheVariablesAsTheyAre() {
        for (String comment :
                List.of("// more\n", "/* more */ ", "// more\n\n/* and */\n// more\n"))
            assertThat(
                            shown(
                                    List.of(
                                            "List<Integer> kept = List.of(7);",
                                            comment
                                                    + "import java.util.concurrent.*;\nExecutor e = null;",
                                            "kept")))
                    .as(comment)
                    .containsExactly("[7]");
    }

    @Test
    void codeThatDoesNotStopIsNamedWithItsFrameAndTheLineOfTheCell() throws Exception {
        var task = new FutureTask<Outcome>(() -> stuck("\nnew java.net.ServerSocket(0).accept()"));
        Thread.ofPlatform().daemon().start(task);
        assertThat(task.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.message())
                                        .startsWith("restart needed: it did not stop within 2 s")
                                        .contains(" in sun.nio.ch.", ", called from cell 1:2;"));
    }

    /// Runs a cell and interrupts it once it waits in `accept`.
    private static Outcome stuck(String code) {
        try (var session = new Session(List.of())) {
            var cell = new CellRun(null, 1, true, false, false);
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        while (!accepts(cell)) Thread.onSpinWait();
                        cell.stop();
                    });
            return session.run(cell, code, (shown, value) -> {});
        }
    }

    private static boolean accepts(CellRun cell) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().equals(cell.name()))
                .flatMap(each -> Arrays.stream(each.getValue()))
                .anyMatch(frame ->
                        frame.getMethodName().equals("accept")
                                && frame.getClassName().startsWith("sun.nio.ch."));
    }

    private static List<String> shown(List<String> cells) {
        var all = new ArrayList<String>();
        try (var session = new Session(List.of("import java.util.*;"))) {
            for (int i = 0; i < cells.size(); i++)
                session.run(
                        new CellRun(null, i + 1, true, false, false),
                        cells.get(i),
                        (cell, value) ->
                                all.add(
                                        Shown.of(value, cell.nextId(), NO_PICTURES)
                                                .data()
                                                .get("text/plain")
                                                .getAsString()));
        }
        return all;
    }

    private static Outcome run(Session session, int number, String code) {
        return session.run(
                new CellRun(null, number, true, false, false), code, (cell, value) -> {});
    }
}
