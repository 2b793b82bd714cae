package stillpoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.kernel.Client.Answer;

/// How cells, and the kernel, are stopped.
class StoppingTest implements OneKernel {
    private static final String STARTED = "System.out.println(\"started\");\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "for (;;) { try { Thread.sleep(10); } catch (Exception e) {} }",
                "Thread.sleep(600_000);",
                "var waiting = new Thread(() -> { while (true) {} });\nwaiting.start();\nwaiting.join();",
                "int forever(int n) { do { n++; } while (true); }\nforever(1)",
                "new Object() { public String toString() { while (true); } }",
                "new java.util.concurrent.CountDownLatch(1).await();",
                "while (true) System.out.println(\"more\");"
            })
    void anInterruptStopsTheCellAndTheNextOneRuns(String code) throws Exception {
        Answer answer = kernel().runAndInterrupt(STARTED + code);
        assertThat(answer.error()).startsWith("Interrupted: ");
        assertThat(kernel().run("1 + 1").result()).isEqualTo("2");
    }

    @Test
    void whatALibraryReturnsWhenInterruptedIsStillShown() throws Exception {
        Answer answer =
                kernel().runAndInterrupt(
                                """
                                Optional.of(new java.util.concurrent.LinkedBlockingQueue<String>()).map(queue -> {
                                    System.out.println("started");
                                    try { return queue.take(); } catch (InterruptedException e) { return "so far"; }
                                }).get()\
                                """);
        assertThat(answer.result()).isEqualTo("so far");
        assertThat(answer.error()).startsWith("Interrupted: ");
    }

    @Test
    void anInterruptedSweepKeepsWhatIsFinishedAndGoesOnInTheNextCell() throws Exception {
        kernel().run("import stillpoint.sweep.*;\nimport stillpoint.simulate.Measure;");
        Answer answer =
                kernel().runAndInterrupt(
                                """
                                Results part = Sweep.of("D10").cpus("1..2000").replications(50).run(stage -> {
                                    if (stage.finished() == 3) System.out.println("started");
                                });
                                """);
        assertThat(answer.error()).startsWith("Interrupted: ");
        assertThat(kernel().run("part.complete()").result()).isEqualTo("false");
        assertThat(kernel().run("part.finished().size() >= 3").result()).isEqualTo("true");
        assertThat(kernel().run("part.table(Measure.LATENCY).title()").result())
                .contains("interrupted: ", " of 2000 points");
    }

    @Test
    void anInterruptIsNotLostWhileTheFirstCellWaitsForTheKernelToBeReady() throws Exception {
        try (Client client = Client.start()) {
            assertThat(client.runAndInterruptAtOnce("while (true) {}").error())
                    .startsWith("Interrupted: ");
            assertThat(client.run("1 + 1").result()).isEqualTo("2");
        }
    }

    @Test
    void anInterruptWithNothingRunningChangesNothing() throws Exception {
        kernel().interrupt();
        assertThat(
                        kernel().run("int sum = 0;\nfor (int i = 0; i < 10; i++) sum += i;\nsum")
                                .result())
                .isEqualTo("45");
    }

    @Test
    void aShutdownEndsTheProcessWithCodeZero() throws Exception {
        try (Client client = Client.start()) {
            assertThat(client.shutdown()).isZero();
        }
    }

    @Test
    void aShutdownDoesNotWaitForARunningCell() throws Exception {
        try (Client client = Client.start()) {
            client.begin(STARTED + "while (true) {}");
            assertThat(client.shutdown()).isZero();
        }
    }

    @Test
    void aKernelThatALibraryEndsSaysSo() throws Exception {
        try (Client client = Client.start()) {
            client.begin("System.class.getMethod(\"exit\", int.class).invoke(null, 7);");
            assertThat(client.process().waitFor(Duration.ofSeconds(20))).isTrue();
            assertThat(client.process().exitValue()).isEqualTo(7);
        }
    }

    @Test
    void aSignalEndsTheProcess() throws Exception {
        try (Client client = Client.start()) {
            client.process().destroy();
            assertThat(client.process().waitFor(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void theKernelEndsWithTheProcessThatStartedIt() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        try (Client client = Client.start(parent.pid())) {
            parent.destroyForcibly().waitFor();
            assertThat(client.process().waitFor(Duration.ofSeconds(20))).isTrue();
        }
    }
}
