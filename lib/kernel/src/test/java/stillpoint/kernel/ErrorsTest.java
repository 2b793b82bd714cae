package stillpoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.kernel.Client.Answer;

/// What a reader sees when a cell goes wrong.
class ErrorsTest implements OneKernel {
    @Test
    void theCompilerPointsAtTheTokenOfTheCell() throws Exception {
        Answer answer = kernel().run("int fine = 1;\n\nint bad = fine + unknown;");
        assertThat(answer.error())
                .isEqualTo("CompilationError: line 3: cannot find symbol: variable unknown");
        assertThat(answer.trace())
                .isEqualTo(
                        """
                        CompilationError: line 3: cannot find symbol: variable unknown
                           3 | int bad = fine + unknown;
                             |                  ^^^^^^^
                        """);
    }

    @Test
    void aSyntaxErrorAnywhereRunsNothing() throws Exception {
        Answer answer = kernel().run("System.out.println(\"ran\");\nint x = ;");
        assertThat(answer.stdout()).isEmpty();
        assertThat(answer.error())
                .isEqualTo("CompilationError: line 2: illegal start of expression");
    }

    @Test
    void anExceptionPointsAtTheLineAndHidesTheKernel() throws Exception {
        kernel().run("int half(int n) {\n    return 1 / n;\n}");
        String trace = kernel().run("System.out.println(\"x\");\nhalf(\n    0)").trace();
        assertThat(trace)
                .startsWith("java.lang.ArithmeticException: / by zero\n")
                .contains("-->   2 |     return 1 / n;\n")
                .containsPattern("at half \\(cell \\d+:2\\)\n {6}at cell \\d+:2\n")
                .doesNotContain("REPL", "$JShell$", "reflect", "stillpoint.kernel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n\nint q =\n  zero();",
                "\n\n\nzero()",
                "int n = 1;\nif (n > 0) {\n\n  zero(); }",
                "\"a\" +\n\n\nzero()",
                "class K {\n  int z() {\n\n    return zero(); } }\nnew K().z()",
                "record L(\n int a) {\n\n    public L { zero(); } }\nnew L(1)",
                "sealed interface M permits N, O {}\nrecord N() implements M {}\nrecord O() implements M {\n  public O { zero(); } }\nnew O()",
                "enum P {\n  ONE;\n\n  static int p = zero(); }\nP.ONE",
                "Runnable r =\n\n\n () -> zero();\nr.run();",
                "var anonymous = new Object() {\n\n\n  int z() { return zero(); } };\nanonymous.z()",
                "/* a\n comment */\n// and\nzero()",
                "int u = 1,\n\n\n v = zero();",
                "List<String> w = new ArrayList<>() {\n\n\n { zero(); } };"
            })
    void linesAreThoseOfTheCellWhateverTheSnippet(String code) throws Exception {
        kernel().run("int zero() { return 1 / Integer.parseInt(\"0\"); }");
        assertThat(kernel().run(code).trace()).containsPattern("\\(?cell \\d+:4\\)?");
    }

    @Test
    void aMethodDeclaredAnewHasTheLinesOfItsNewCell() throws Exception {
        kernel().run("int again() {\n    return 1 / 0;\n}\nint caller() { return again(); }");
        kernel().run("int again() {\n\n\n    return 1 / 0;\n}");
        assertThat(kernel().run("caller()").trace())
                .containsPattern("at again \\(cell \\d+:4\\)\n.*at caller \\(cell \\d+:4\\)");
    }

    @Test
    void aLibraryThatWalksTheStackSeesTheCell() throws Exception {
        Answer answer =
                kernel().run(
                                "record Design() {\n    StackTraceElement here() {\n        return new Throwable().getStackTrace()[0];\n    }\n}\n"
                                        + "var at = new Design().here();\nat.getFileName() + \":\" + at.getLineNumber()");
        assertThat(answer.result()).matches("cell \\d+:3");
    }

    @Test
    void causesAreTold() throws Exception {
        assertThat(
                        kernel().run(
                                        "throw new IllegalStateException(\"outer\", new RuntimeException(\"inner\"));")
                                .trace())
                .contains(
                        "IllegalStateException: outer",
                        "Caused by: java.lang.RuntimeException: inner");
    }

    @Test
    void aDeepRecursionIsOneLine() throws Exception {
        String trace = kernel().run("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)").trace();
        assertThat(trace).contains("StackOverflowError").containsPattern("at deep .*, \\d+ times");
        assertThat(trace.lines().count()).isLessThan(12);
    }

    @Test
    void anExceptionInAThreadIsToldWithItsLine() throws Exception {
        Answer answer =
                kernel().run(
                                "var t = new Thread(() -> { throw new RuntimeException(\"in a thread\"); });\nt.start();\nt.join();");
        assertThat(answer.stream("stderr")).contains("in a thread", "line 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(3)",
                "Runtime.getRuntime().exit(3)",
                "Runtime.getRuntime().halt(3)",
                "IntConsumer leave = System::exit;\nleave.accept(3);",
                "class App {\n static void main(String... args) { System.exit(3); }\n}\nApp.main();"
            })
    void aCellCannotEndTheKernel(String code) throws Exception {
        Answer answer = kernel().run(code);
        assertThat(answer.error())
                .startsWith("Refusal: ")
                .contains("(3): a cell must not end the kernel");
        assertThat(kernel().run("1 + 1").result()).isEqualTo("2");
    }

    @Test
    void cellsBehindAFailedOneAreAborted() throws Exception {
        assertThat(
                        kernel().runTogether(
                                        "Thread.sleep(300); throw new RuntimeException();",
                                        "1",
                                        "2"))
                .extracting(Answer::status)
                .containsExactly("error", "aborted", "aborted");
        assertThat(kernel().run("3").result()).isEqualTo("3");
    }
}
