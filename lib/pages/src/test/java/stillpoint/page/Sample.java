package stillpoint.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import stillpoint.notebook.Cell;
import stillpoint.notebook.Notebook;
import stillpoint.notebook.Output;

/// Notebooks to make pages of: one with a bit of everything, one with forty cells.
final class Sample {
    static final Provenance PROVENANCE =
            new Provenance(
                    "Stillpoint 0.1.0",
                    Optional.of(
                            new Provenance.Commit(
                                    "7d0a66e4bb9081d75c82ec4957c50034cb0ea449", true)),
                    "02-the-v7-patch.ipynb",
                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    "./stillpoint run 02-the-v7-patch",
                    "Eclipse Adoptium 25.0.1+8-LTS",
                    "Linux 6.12.0 amd64",
                    "AMD EPYC 7B13",
                    2,
                    Instant.parse("2026-11-22T00:00:00Z"),
                    new TreeMap<>(
                            java.util.Map.of(
                                    "readers", "3", "swapon", "true", "config", "preempt-n")),
                    List.of(
                            new Provenance.CellTime("parameters", Duration.ofMillis(12)),
                            new Provenance.CellTime("search", Duration.ofMillis(3210))),
                    "Apache-2.0");

    static final Page.Links LINKS =
            new Page.Links(
                    Optional.of(new Page.Link("index.html", "Stillpoint")),
                    Optional.of(new Page.Link("01-the-race.html", "The race")),
                    Optional.of(new Page.Link("03-what-it-costs.html", "What it costs")));

    private Sample() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Cell text(String id, String source) {
        return new Cell.Markdown(id, source, object());
    }

    static Cell.Code code(String id, String source, Output... outputs) {
        return new Cell.Code(id, source, object(), OptionalInt.of(1), List.of(outputs));
    }

    static Output display(String... mimesAndContents) {
        var data = new TreeMap<String, JsonNode>();
        for (int i = 0; i < mimesAndContents.length; i += 2)
            data.put(mimesAndContents[i], TextNode.valueOf(mimesAndContents[i + 1]));
        return new Output.Display(data, object());
    }

    static Output measured(String text) {
        var data = new TreeMap<String, JsonNode>();
        data.put("text/plain", TextNode.valueOf(text));
        data.put(Output.MEASURED, object().put("label", "measured").put("text", text));
        return new Output.Display(data, object());
    }

    static Notebook notebook(Cell... cells) {
        return new Notebook(List.of(cells), object());
    }

    static Page page(Cell... cells) {
        return PageOf.notebook(notebook(cells), "sample", PROVENANCE, Page.Links.NONE);
    }

    static String html(Cell... cells) {
        return HtmlRenderer.render(page(cells));
    }

    /// A line chart as the pictures make them: palette by variables, text as text.
    static String chart(String id, int points) {
        var svg =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                """
                                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 340" width="720" height="340" role="img" \
                                aria-labelledby="%1$s-t %1$s-d" font-family="system-ui, sans-serif" font-size="13">
                                <title id="%1$s-t">Swapoff latency grows with the number of CPUs under stop_machine only</title>
                                <desc id="%1$s-d">Two lines over 2 to 8192 CPUs, simulated.</desc>
                                <style>.%1$s-g{stroke:var(--sp-line,#ddd)}.%1$s-l{fill:none;stroke-width:2}</style>
                                <clipPath id="clip"><rect x="60" y="20" width="600" height="270"/></clipPath>
                                """,
                                id));
        for (int y = 0; y <= 5; y++)
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<line class=\"%s-g\" x1=\"60\" x2=\"660\" y1=\"%d\" y2=\"%d\"/><text x=\"52\" y=\"%d\" text-anchor=\"end\" fill=\"var(--sp-ink2,#555)\">%d</text>%n",
                            id,
                            290 - y * 54,
                            290 - y * 54,
                            294 - y * 54,
                            y * 20));
        for (int s = 1; s <= 2; s++) {
            svg.append("<path class=\"")
                    .append(id)
                    .append("-l\" clip-path=\"url(#clip)\" stroke=\"var(--sp-s")
                    .append(s)
                    .append(",#06c)\" d=\"");
            for (int i = 0; i < points; i++)
                svg.append(i == 0 ? "M" : "L")
                        .append(60 + i * 600 / points)
                        .append(' ')
                        .append(
                                String.format(
                                        Locale.ROOT,
                                        "%.1f",
                                        280
                                                - (s == 1
                                                        ? 240.0 * i * i / points / points
                                                        : 20 + 10 * Math.sin(i / 9.0))));
            svg.append("\"/>\n");
        }
        return svg.append("<text x=\"560\" y=\"90\" fill=\"var(--sp-s1,#06c)\">stop_machine</text>")
                .append(
                        "<text x=\"560\" y=\"245\" fill=\"var(--sp-s2,#a40)\">synchronize_rcu</text>")
                .append(
                        "<text x=\"360\" y=\"325\" text-anchor=\"middle\" fill=\"var(--sp-ink2,#555)\">CPUs</text></svg>")
                .toString();
    }

    /// Three CPU columns, wider than the text.
    static String timeline(String id) {
        var svg =
                new StringBuilder(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1040 300\" width=\"1040\" height=\"300\" role=\"img\" aria-labelledby=\""
                                + id
                                + "-t\" font-size=\"13\" font-family=\"ui-monospace, monospace\"><title id=\""
                                + id
                                + "-t\">The reader dereferences swap_map after swapoff has cleared it</title>");
        String[] steps = {
            "0 get_swap_device(entry)",
            "0 READ p->flags -> WRITEOK|USED",
            "2 swapoff: p->flags &= ~WRITEOK",
            "2 try_to_unuse(): no user",
            "2 WRITE p->swap_map = NULL",
            "0 READ p->swap_map -> NULL",
            "0 *NULL: page fault in __swap_duplicate()"
        };
        for (int c = 0; c < 3; c++)
            svg.append("<text x=\"")
                    .append(20 + c * 345)
                    .append("\" y=\"24\" font-weight=\"700\" fill=\"var(--sp-ink,#222)\">CPU")
                    .append(c)
                    .append("</text><line x1=\"")
                    .append(10 + c * 345)
                    .append("\" x2=\"")
                    .append(10 + c * 345)
                    .append("\" y1=\"36\" y2=\"290\" stroke=\"var(--sp-s")
                    .append(c + 1)
                    .append(",#06c)\" stroke-width=\"2\"/>");
        int y = 58;
        for (String step : steps) {
            boolean last = step == steps[steps.length - 1];
            svg.append("<text x=\"")
                    .append(20 + (step.charAt(0) - '0') * 345)
                    .append("\" y=\"")
                    .append(y)
                    .append("\" fill=\"var(--sp-")
                    .append(last ? "bad" : "ink")
                    .append(",#222)\">")
                    .append(Escape.html(step.substring(2)))
                    .append("</text>");
            y += 34;
        }
        return svg.append("</svg>").toString();
    }

    static Notebook everything() {
        var cells = new ArrayList<Cell>();
        cells.add(
                text(
                        "title",
                        """
                        # The V7 patch, hunk by hunk

                        The seventh version of Huang Ying's patch runs every swap-in with preemption off and lets swapoff stop all CPUs with a callback \
                        that does nothing. Andrea Arcangeli asked whether waiting for RCU would not do. Both are **safe within the bounds searched**; \
                        they differ in what they cost and whom they make wait.

                        ## What is asked

                        A page fault on a swap entry reads `swap_info[type]` and follows its pointers while `swapoff()` may be freeing them. \
                        The window is a few hundred nanoseconds wide, and [the first notebook](01-the-race.ipynb#How-it-breaks) shows how it breaks. \
                        The change was discussed [on the list](https://lore.kernel.org/r/20190211083846.18888-1-ying.huang@intel.com/) in February 2019.

                        > If every CPU is stopped, what more could be done while they stand still?

                        | Design | Readers pay | swapoff pays | Source |
                        |:--|--:|--:|:--|
                        | D0 unprotected | nothing | nothing | before 2019 |
                        | D8 `stop_machine` | `preempt_disable()` | all CPUs stop | V7, 2019-02-11 |
                        | D6 RCU | `rcu_read_lock()` | one grace period | V8, merged in 5.2 |
                        """));
        cells.add(
                code(
                        "parameters",
                        """
                        // Parameters: readers, what follows swapoff, and the preemption model
                        int readers = 3;
                        boolean swapon = true;
                        var config = Config.PREEMPT_N;   // "PREEMPT=n": schedule points only\
                        """));
        cells.add(
                text(
                        "h-patch",
                        """
                        ## The patch

                        ### The reader side

                        The reader's section opens before the first look at the flags and stays open until `put_swap_device()`:

                        ```c
                        si = swap_type_to_swap_info(swp_type(entry));
                        if (!si)
                        	goto bad_nofile;
                        preempt_disable();	/* the section opens */
                        if (!(si->flags & SWP_VALID))
                        	goto unlock_out;
                        ```

                        and the swapoff side waits until nobody is left inside:

                        ```diff
                        @@ -2507,6 +2587,14 @@ SYSCALL_DEFINE1(swapoff
                        -	si->flags = 0;
                        +	p->flags &= ~SWP_VALID;
                        +	stop_machine(swap_onoff_stop, NULL, cpu_online_mask);
                        ```
                        """));
        cells.add(
                code(
                        "search",
                        """
                        // Search every interleaving of three readers with swapoff, then swapon
                        @Timed record Question(SwapDesign design, int readers) {}
                        sealed interface Answer permits Yes, No {}
                        var verdict = Search.of(new StopMachineV7())
                                .readers(readers)
                                .then(swapon ? SWAPON : NOTHING)     // another device in the same slot
                                .under(config)
                                .run();
                        String story = switch (verdict) {
                            case Safe(var s, var b, var c, var o) when o.isEmpty() -> \"""
                                    safe, but nothing "happened"
                                    \""";
                            case Safe _ -> "safe";
                            default -> { char c = '\\''; yield "no: " + c + 0x1F_FFL; }
                        };
                        display(verdict);\
                        """,
                        display(
                                "text/html",
                                        """
                                        <div class="sp-verdict" data-verdict="safe" data-subject="D8 V7" style="border-left:3px solid var(--sp-ok,#1b6b3a);padding:.4rem 1rem">\
                                        <strong style="color:var(--sp-ok,#1b6b3a)">Safe</strong> D8 V7: dummy stop_machine<br>\
                                        <span style="color:var(--sp-ink2,#555)">exhaustive within bounds: readers = 3, swapoff then swapon, PREEMPT=n</span></div>\
                                        """,
                                "text/plain", "safe: D8 V7"),
                        display(
                                "text/markdown",
                                "The search visited **48,210** states and took 131,072 transitions; the deepest is 61 steps from the start.",
                                "text/plain",
                                "x"),
                        measured("search 1.84 s, 26,200 states/s, 41 bytes/state")));
        cells.add(
                text(
                        "t-break",
                        "### Take the stop away\n\nWithout the stop in swapoff the same search finds the race again, in seven steps:"));
        cells.add(
                code(
                        "broken",
                        "// The same design with its stop taken out\ndisplay(check(new StopMachineV7.WithoutStopInSwapoff()));",
                        display(
                                "image/svg+xml",
                                timeline("broken-1"),
                                "text/plain",
                                "CPU0 ... CPU2",
                                "image/png",
                                "iVBORw0KGgo="),
                        display(
                                "text/html",
                                "<table><caption>What each hunk holds up</caption><thead><tr><th>Hunk taken away</th><th style='text-align:right'>Steps</th><th>Violation</th></tr></thead><tbody>"
                                        + "<tr><th scope=row>stop in swapoff</th><td style='text-align:right'>7</td><td>NULL dereference of <code>swap_map</code></td></tr>"
                                        + "<tr><th scope=row>stop in swapon</th><td style='text-align:right'>19</td><td>use after free of <code>cluster_info</code></td></tr></tbody></table>",
                                "text/plain",
                                "t")));
        cells.add(
                text(
                        "t-cost",
                        "## What it costs\n\nA stop takes longer the more CPUs have to arrive; a grace period does not. *Simulated*, 20 seeds, 95% intervals narrower than the line."));
        cells.add(
                code(
                        "cost",
                        "plot(latency)",
                        display(
                                "image/svg+xml",
                                chart("cost-1", 60),
                                "text/plain",
                                "chart",
                                "text/html",
                                "<table><caption>Swapoff latency, us</caption><thead><tr><th>CPUs</th><th>stop_machine</th></tr></thead><tbody><tr><td>2</td><td>4.1</td></tr></tbody></table>")));
        cells.add(
                code(
                        "prints",
                        "System.out.println(readers + \" readers\");",
                        new Output.Stream(
                                "stdout", "3 readers\nrecording D8: 41 nodes, 52 edges\n"),
                        new Output.Stream(
                                "stderr",
                                "warning: \u001b[33mone read is not asked\u001b[0m at SwapIn.java:71\n")));
        var expected = object();
        expected.putArray("tags").add("raises-exception");
        cells.add(
                new Cell.Code(
                        "wrong",
                        "// A design that sleeps inside its section is refused\nrecord(new Sleepy())",
                        expected,
                        OptionalInt.of(6),
                        List.of(
                                new Output.Failure(
                                        "RecordingError",
                                        "waitFor() at preempt count 1: a sleep needs count 0; use condLoad()",
                                        List.of()))));
        cells.add(
                text(
                        "t-end",
                        "## What this does not show\n\n- Bounds: 3 readers, one swapoff, one swapon. More readers are not searched.\n- The model is sequentially consistent. See [the steps](steps.html) for what was left out.\n\n1. First, that `synchronize_rcu()` is correct.\n2. Second, anything about the block layer."));
        cells.add(
                code(
                        "fails",
                        "// Compare with the measured guest\nvar guest = Measured.read(\"data/measured/guest.csv\");\nguest.latency().median()",
                        new Output.Failure(
                                "java.nio.file.NoSuchFileException",
                                "data/measured/guest.csv",
                                List.of(
                                        "\u001b[1m\u001b[31mjava.nio.file.NoSuchFileException\u001b[0m: data/measured/guest.csv",
                                        "    at Measured.read(Measured.java:31)",
                                        "    at \u001b[34mcell fails, line 2\u001b[0m"))));
        cells.add(
                new Cell.Code(
                        "after",
                        "// Draw both\nplot(guest, latency)",
                        object(),
                        OptionalInt.empty(),
                        List.of()));
        return new Notebook(cells, object());
    }

    /// Forty cells, twelve charts of about 15 KB.
    static Notebook forty() {
        var cells = new ArrayList<Cell>();
        for (int i = 0; i < 20; i++) {
            cells.add(
                    text(
                            "t" + i,
                            (i == 0 ? "# Forty cells\n\n" : "## Section " + i + "\n\n")
                                    + "A sentence of prose that argues for something, with `code` and some figures. "
                                            .repeat(10)
                                    + "[Where it was said](https://lore.kernel.org/).\n"));
            String source =
                    "// Sweep number "
                            + i
                            + " of twenty, with its seed\n"
                            + """
                            record Sweep(SwapDesign design, int readers, long seed) {}
                            var sweeps = new ArrayList<Result>();
                            for (int cpus = 2; cpus <= 8192; cpus *= 2) {
                                var machine = Machine.of(cpus).with(Config.PREEMPT_N);
                                sweeps.add(simulate(new StopMachineV7(), machine, seed));
                            }
                            double slope = Fit.line(sweeps, Result::latency).slope();
                            check(slope > 0, "latency grows with the number of CPUs");
                            display(plot("swapoff latency us", sweeps)); // simulated
                            say("Each doubling adds %.1f us.", slope);\
                            """;
            cells.add(
                    i < 12
                            ? code(
                                    "c" + i,
                                    source,
                                    display(
                                            "image/svg+xml",
                                            chart("c" + i, 690),
                                            "text/plain",
                                            "chart"))
                            : code(
                                    "c" + i,
                                    source,
                                    display("text/plain", "result line\n".repeat(20))));
        }
        return new Notebook(cells, object());
    }
}
