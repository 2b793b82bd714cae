package stillpoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import stillpoint.kernel.Client.Answer;
import stillpoint.kernel.Client.Message;

/// What happens outside of a running cell: late output, comms, requests on control.
class OutsideTest implements OneKernel {
    @Test
    void aThreadThatOutlivesItsCellPrintsAndDisplaysIntoIt() throws Exception {
        Answer first =
                kernel().run(
                                """
                                var gate = new java.util.concurrent.CountDownLatch(1);
                                display("before", "late");
                                Thread.ofVirtual().start(() -> {
                                    try { gate.await(); } catch (InterruptedException e) { }
                                    System.out.print("after");
                                    updateDisplay("changed", "late");
                                });
                                """);
        kernel().run("gate.countDown();");
        String cell = first.messages().getFirst().parent();
        Message update = kernel().awaitMessage(cell, "update_display_data");
        assertThat(update.content().getAsJsonObject("data").get("text/plain").getAsString())
                .isEqualTo("changed");
        assertThat(kernel().awaitMessage(cell, "stream").content().get("text").getAsString())
                .isEqualTo("after");
    }

    @Test
    void aLaterCellChangesTheDisplayOfAnEarlierOne() throws Exception {
        kernel().run("display(1, \"shared\");");
        Answer later = kernel().run("updateDisplay(2, \"shared\");");
        assertThat(later.types())
                .containsExactly("status", "execute_input", "update_display_data", "status");
        assertThat(later.published().get(2).content().get("transient").toString())
                .isEqualTo("{\"display_id\":\"shared\"}");
    }

    @Test
    void aCommThatNobodyWaitsForIsClosed() throws Exception {
        var open = new JsonObject();
        open.addProperty("comm_id", "c0");
        open.addProperty("target_name", "nobody");
        open.add("data", new JsonObject());
        assertThat(kernel().statuses("comm_open", open))
                .extracting(Message::type)
                .containsExactly("status", "comm_close", "status");
    }

    @Test
    void aCommOfTheClientTalksWithACell() throws Exception {
        kernel().run(
                        """
                        import stillpoint.kernel.Comm;
                        Comm.register("echo", (comm, first) -> comm.onMessage(note -> {
                            System.out.print("heard " + note.data().get("n"));
                            comm.send(note);
                        }));
                        """);
        var open = new JsonObject();
        open.addProperty("comm_id", "c1");
        open.addProperty("target_name", "echo");
        open.add("data", new JsonObject());
        kernel().statuses("comm_open", open);
        assertThat(comms("echo").keySet()).containsExactly("c1");
        assertThat(comms("other").keySet()).isEmpty();
        var data = new JsonObject();
        data.addProperty("n", 3);
        open.add("data", data);
        List<Message> heard = kernel().statuses("comm_msg", open);
        assertThat(heard).extracting(Message::type).contains("stream", "comm_msg");
        kernel().statuses("comm_close", open);
        assertThat(comms("").keySet()).doesNotContain("c1");
    }

    private JsonObject comms(String target) throws Exception {
        var ask = new JsonObject();
        if (!target.isEmpty()) ask.addProperty("target_name", target);
        return kernel().ask("comm_info_request", ask).reply().getAsJsonObject("comms");
    }

    @Test
    void aCommOfACellIsOpenedAndClosed() throws Exception {
        Answer answer =
                kernel().run(
                                """
                                import stillpoint.kernel.Comm;
                                var note = Comm.Note.of(new com.google.gson.JsonObject());
                                var comm = Comm.open("jupyter.widget", note);
                                comm.close();
                                """);
        assertThat(answer.types())
                .containsExactly("status", "execute_input", "comm_open", "comm_close", "status");
        assertThat(kernel().run("comm.send(note);").error()).contains("closed; open another one");
    }

    @Test
    void whatACommsAnswerThrowsIsAnErrorAndAnInterruptStopsIt() throws Exception {
        kernel().run(
                        """
                        import stillpoint.kernel.Comm;
                        Comm.register("bad", (comm, first) -> { throw new RuntimeException("no"); });
                        Comm.register("long", (comm, first) -> {
                            System.out.println("started");
                            while (true) {}
                        });
                        """);
        var open = new JsonObject();
        open.addProperty("comm_id", "c2");
        open.addProperty("target_name", "bad");
        assertThat(kernel().statuses("comm_open", open))
                .filteredOn(each -> each.type().equals("error"))
                .singleElement()
                .satisfies(each ->
                        assertThat(each.content().get("evalue").getAsString()).isEqualTo("no"));
        open.addProperty("target_name", "long");
        String id = kernel().send("comm_open", open);
        kernel().awaitMessage(id, "stream");
        kernel().interrupt();
        assertThat(kernel().awaitMessage(id, "error").content().get("ename").getAsString())
                .isEqualTo("Interrupted");
    }

    @Test
    void controlAnswersWhileACellRuns() throws Exception {
        String cell = kernel().begin("System.out.println(1); while (true) {}");
        JsonObject info = kernel().askControl("kernel_info_request", new JsonObject());
        assertThat(info.get("implementation").getAsString()).isEqualTo("stillpoint");
        kernel().interrupt();
        assertThat(kernel().await(cell).error()).startsWith("Interrupted: ");
    }

    @Test
    void aPasswordIsAskedForUnseen() throws Exception {
        Answer answer = kernel().runWithInput("password(\"key? \").length()", "secret");
        assertThat(answer.result()).isEqualTo("6");
        assertThat(answer.messages())
                .filteredOn(each -> each.type().equals("input_request"))
                .singleElement()
                .satisfies(each ->
                        assertThat(each.content().toString())
                                .isEqualTo("{\"prompt\":\"key? \",\"password\":true}"));
    }

    @Test
    void anInterruptEndsAQuestion() throws Exception {
        JsonObject asking = Client.cell("System.out.println(1);\ninput(\"name? \")");
        asking.addProperty("allow_stdin", true);
        String id = kernel().send("execute_request", asking);
        kernel().awaitMessage(id, "input_request");
        kernel().interrupt();
        assertThat(kernel().await(id).error()).startsWith("Interrupted: ");
        assertThat(kernel().runWithInput("input(\"again? \")", "yes").result()).isEqualTo("yes");
    }

    @Test
    void aReplySaysWhenItsCellStarted() throws Exception {
        Message reply =
                kernel().run("1").messages().stream()
                        .filter(each -> each.type().equals("execute_reply"))
                        .findFirst()
                        .orElseThrow();
        assertThat(reply.metadata().get("started").getAsString())
                .isLessThan(reply.header().get("date").getAsString());
        assertThat(reply.header().get("version").getAsString()).isEqualTo("5.4");
    }

    /// The compilers of the JVM may still work on what ran before: one quiet second is waited for.
    @Test
    void anIdleKernelUsesNoProcessor() throws Exception {
        kernel().run("1 + 1");
        long used = cpuMillisOfASecond();
        for (int i = 0; i < 15 && used > 20; i++) used = cpuMillisOfASecond();
        assertThat(used).isLessThanOrEqualTo(20);
    }

    private long cpuMillisOfASecond() throws InterruptedException {
        long before = cpuMillis();
        Thread.sleep(1000);
        return cpuMillis() - before;
    }

    private long cpuMillis() {
        return kernel().process().info().totalCpuDuration().orElseThrow().toMillis();
    }
}
