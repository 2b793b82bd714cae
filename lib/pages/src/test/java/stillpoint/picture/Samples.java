package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.PieChart;
import org.knowm.xchart.PieChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import stillpoint.evidence.Basis;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Plot;
import stillpoint.evidence.Table;
import stillpoint.evidence.Trace;
import stillpoint.evidence.Verdict;

/// Evidence as the search would give it, small and large.
final class Samples {
    private Samples() {}

    /// Means with intervals, one of which reaches below what a logarithmic axis shows.
    static Plot ranged(boolean logarithmic) {
        return new Plot(
                "Means and how well they are known",
                new Plot.Axis("CPUs", true),
                new Plot.Axis("swapoff latency us", logarithmic),
                Basis.SIMULATED,
                Plot.Form.LINES,
                List.of(
                        new Plot.Series(
                                "stop_machine",
                                List.of("2", "64", "2048"),
                                List.of(20.0, 300.0, 9000.0),
                                List.of(
                                        new Plot.Range(-1, 45),
                                        new Plot.Range(200, 400),
                                        Plot.Range.NONE)),
                        new Plot.Series(
                                "closed form",
                                List.of("2", "64", "2048"),
                                List.of(18.0, 310.0, 8800.0))));
    }

    static Trace.Row row(
            int column, List<String> frames, String text, String change, Integer... inside) {
        SortedSet<Integer> set = new TreeSet<>(List.of(inside));
        return new Trace.Row(
                column, frames, text, change, "SwapIn.java:" + (40 + text.length()), set, false);
    }

    static Trace.Row broken(Trace.Row r) {
        return new Trace.Row(
                r.column(), r.frames(), r.text(), r.change(), r.site(), r.inside(), true);
    }

    /// The smallest race: two CPUs, a function each.
    static Trace small() {
        var in = List.of("__swap_duplicate()");
        var off = List.of("swapoff()");
        return new Trace(
                "D0 unprotected: NULL dereference of swap_map",
                List.of("CPU0 (page fault)", "CPU1 (swapoff)"),
                List.of(
                        row(0, in, "READ p->flags -> 3", ""),
                        row(1, off, "WRITE p->flags &= ~SWP_VALID", "p->flags: 3 -> 1"),
                        row(1, off, "WRITE p->swap_map = NULL", "p->swap_map: map#1 -> NULL"),
                        row(0, in, "READ p->swap_map -> NULL", ""),
                        broken(row(0, in, "READ map[offset]", ""))),
                "NULL dereference of p->swap_map in __swap_duplicate()",
                "d0-n2-0.1.1.0.0");
    }

    /// About 25 steps on three CPUs, with read sections.
    static Trace large() {
        var fault = List.of("do_swap_page()");
        var get = List.of("do_swap_page()", "get_swap_device()");
        var dup = List.of("do_swap_page()", "__swap_duplicate()");
        var off = List.of("swapoff()");
        var drain = List.of("swapoff()", "drain_mmlist()");
        var ra = List.of("swap_readahead()", "get_swap_device()");
        return new Trace(
                "V7 without the stop in swapoff: use after free of swap_map",
                List.of("CPU0 (page fault)", "CPU1 (readahead)", "CPU2 (swapoff)"),
                List.of(
                        row(0, fault, "READ vmf->orig_pte -> swp(0, 17)", ""),
                        row(0, get, "preempt_disable()", "preempt_count: 0 -> 1", 0),
                        row(0, get, "READ p->flags -> SWP_USED | SWP_WRITEOK | SWP_VALID", "", 0),
                        row(0, get, "READ p->max -> 64", "", 0),
                        row(2, off, "spin_lock(&swap_lock)", "swap_lock: free -> CPU2", 0),
                        row(2, off, "spin_lock(&p->lock)", "p->lock: free -> CPU2", 0),
                        row(2, off, "WRITE p->flags &= ~SWP_WRITEOK", "p->flags: 7 -> 5", 0),
                        row(2, off, "spin_unlock(&p->lock)", "p->lock: CPU2 -> free", 0),
                        row(1, ra, "preempt_disable()", "preempt_count: 0 -> 1", 0, 1),
                        row(1, ra, "READ p->flags -> SWP_USED | SWP_VALID", "", 0, 1),
                        row(
                                1,
                                List.of("swap_readahead()"),
                                "preempt_enable()",
                                "preempt_count: 1 -> 0",
                                0),
                        row(2, drain, "wait until no page uses the device", "", 0),
                        row(2, off, "WRITE p->flags &= ~SWP_VALID", "p->flags: 5 -> 1", 0),
                        row(2, off, "READ p->swap_map -> map#1", "", 0),
                        row(2, off, "WRITE p->swap_map = NULL", "p->swap_map: map#1 -> NULL", 0),
                        row(
                                2,
                                off,
                                "WRITE p->cluster_info = NULL",
                                "p->cluster_info: ci#1 -> NULL",
                                0),
                        row(
                                0,
                                dup,
                                "READ p->cluster_info -> ci#1 (old value in a register)",
                                "",
                                0),
                        row(0, dup, "spin_lock(&ci->lock)", "ci->lock: free -> CPU0", 0),
                        row(0, dup, "READ p->swap_map -> map#1", "", 0),
                        row(2, off, "vfree(swap_map)", "map#1: live -> freed", 0),
                        row(2, off, "kvfree(cluster_info)", "ci#1: live -> freed", 0),
                        row(2, off, "WRITE p->flags = 0", "p->flags: 1 -> 0", 0),
                        broken(row(0, dup, "READ map[17]", "", 0))),
                "Use after free: CPU0 reads swap_map[17] in __swap_duplicate() after swapoff() freed it",
                "v7-nostop-n3-00001111222211122222000222-0f3a");
    }

    /// No single step is wrong: everybody waits.
    static Trace deadlock() {
        return new Trace(
                "V6 with a sleep in the section: deadlock",
                List.of("CPU0 (page fault)", "CPU1 (idle)", "CPU2 (swapoff)"),
                List.of(
                        row(0, List.of(), "preempt_disable()", "", 0),
                        row(2, List.of("swapoff()"), "stop_machine(<nothing> & \"all\")", "", 0),
                        row(0, List.of(), "wait until p->users is 0", "", 0)),
                "Deadlock: CPU0 waits for p->users == 0 with preemption off, CPU2 waits for CPU0",
                "");
    }

    static Counts counts() {
        return new Counts(4_243_456, 28_078_209, 57, 61, 17.25, 2.5134);
    }

    static Bounds bounds() {
        return Bounds.of(
                "readers", "3", "swapon", "true", "config", "PREEMPT=y, 4.20", "device", "ssd");
    }

    static Verdict.Violation violation() {
        return new Verdict.Violation(
                "D0 unprotected",
                bounds(),
                new Counts(1_214, 3_877, 9, 61, 17.25, 0.0041),
                "NULL dereference",
                "CPU0 dereferences p->swap_map, which is NULL, in __swap_duplicate()",
                "F1",
                small());
    }

    static Verdict.Safe safe() {
        return new Verdict.Safe(
                "D8 V7: dummy stop_machine",
                bounds(),
                counts(),
                List.of(
                        "a reader got the device",
                        "swapoff finished",
                        "swapon of another device finished"));
    }

    static Verdict.Inconclusive inconclusive() {
        return new Verdict.Inconclusive(
                "D6 V8: RCU <merged>",
                bounds(),
                counts(),
                "the limit of 5,000,000 states was reached; try --states 50000000");
    }

    static Table table() {
        return new Table(
                "Each hunk of V7 removed in turn",
                List.of(
                        Table.words("without"),
                        Table.words("verdict"),
                        Table.numbers("depth"),
                        Table.numbers("states")),
                List.of(
                        List.of("nothing", "safe", "57", "4,243,456"),
                        List.of("stop in swapoff", "violation <F3>", "23", "118,204"),
                        List.of("preempt_disable()", "violation F1 & F2", "9", "1,214")));
    }

    static Plot lines(int series, boolean log) {
        var all = new ArrayList<Plot.Series>();
        var names =
                List.of(
                        "stop_machine",
                        "synchronize_rcu",
                        "expedited",
                        "SRCU",
                        "percpu_ref",
                        "refcount",
                        "rwsem",
                        "none");
        List<String> cpus = IntStream.range(1, 14).mapToObj(i -> Integer.toString(1 << i)).toList();
        for (int s = 0; s < series; s++) {
            int k = s;
            all.add(
                    new Plot.Series(
                            names.get(s),
                            cpus,
                            IntStream.range(1, 14)
                                    .mapToObj(i -> (k + 1) * 12.5 * Math.pow(i, 1 + k * 0.4))
                                    .collect(Collectors.toList())));
        }
        return new Plot(
                "Stopping every CPU costs more with each CPU; an RCU grace period does not",
                new Plot.Axis("CPUs", log),
                new Plot.Axis("swapoff latency us", log),
                Basis.SIMULATED,
                Plot.Form.LINES,
                all);
    }

    static Plot bars(int series) {
        var all = new ArrayList<Plot.Series>();
        var names = List.of("PREEMPT=n", "PREEMPT=y", "4.19", "4.20", "ssd", "hdd", "sync", "none");
        for (int s = 0; s < series; s++)
            all.add(
                    new Plot.Series(
                            names.get(s),
                            List.of("D0", "V6", "V7", "V8 & <RCU>"),
                            List.of(
                                    120.0 + 40 * s,
                                    340.0 - 10 * s,
                                    4200.0 - 300 * s,
                                    3100.0 + 100 * s)));
        return new Plot(
                "States within bounds, by design and configuration",
                new Plot.Axis("design", false),
                new Plot.Axis("states", false),
                Basis.EXHAUSTIVE,
                Plot.Form.BARS,
                all);
    }

    /// Lines over words, one value missing.
    static Plot overWords() {
        var labels = List.of("PREEMPT=n", "PREEMPT=voluntary", "PREEMPT=y");
        return new Plot(
                "What a preemption model does to the two ways",
                new Plot.Axis("kernel configuration", false),
                new Plot.Axis("latency ms", false),
                Basis.MEASURED,
                Plot.Form.LINES,
                List.of(
                        new Plot.Series("stop_machine", labels, List.of(1.5, 1.25, 0.75)),
                        new Plot.Series(
                                "synchronize_rcu", labels, List.of(12.0, Double.NaN, 21.5))));
    }

    /// Names longer than their place.
    static Plot longLabels() {
        var labels =
                IntStream.range(0, 9).mapToObj(i -> "without the stop in swapoff " + i).toList();
        return new Plot(
                "States visited until the first violation, for each of the nine siblings of a design, in a title that needs two lines",
                new Plot.Axis("sibling", false),
                new Plot.Axis("states", true),
                Basis.EXHAUSTIVE,
                Plot.Form.BARS,
                List.of(
                        new Plot.Series(
                                "a",
                                labels,
                                IntStream.range(0, 9).mapToObj(i -> Math.pow(7, i)).toList()),
                        new Plot.Series(
                                "with PREEMPT=y after the consolidation of the flavours of RCU in 4.20",
                                labels,
                                IntStream.range(0, 9).mapToObj(i -> 5.0 * (i + 1)).toList())));
    }

    /// Names that fit aslant.
    static Plot aslant() {
        var labels = IntStream.range(0, 14).mapToObj(i -> "D" + i + " sibling").toList();
        return new Plot(
                "Fourteen designs",
                new Plot.Axis("design", false),
                new Plot.Axis("states", false),
                Basis.EXHAUSTIVE,
                Plot.Form.BARS,
                List.of(
                        new Plot.Series(
                                "states",
                                labels,
                                IntStream.range(0, 14).mapToObj(i -> 90.0 - i * i / 4).toList())));
    }

    /// What a reader of the notebook makes with XChart, with its defaults.
    static XYChart foreignChart() {
        var chart =
                new XYChartBuilder()
                        .width(600)
                        .height(400)
                        .title("Reader's own chart")
                        .xAxisTitle("CPUs")
                        .yAxisTitle("latency us")
                        .build();
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        chart.addSeries(
                "stop_machine",
                x,
                new double[] {3, 5, 9, 14, 20, 29, 41, 50},
                new double[] {1, 1, 2, 2, 3, 3, 4, 4});
        chart.addSeries("expedited", x, new double[] {8, 8, 9, 9, 10, 10, 10, 11});
        return chart;
    }

    static PieChart pie() {
        var chart = new PieChartBuilder().width(420).height(300).title("Shares").build();
        chart.addSeries("safe", 17);
        chart.addSeries("violation", 31);
        chart.addSeries("inconclusive", 3);
        return chart;
    }

    static tech.tablesaw.api.Table tablesaw(int rows) {
        var name = tech.tablesaw.api.StringColumn.create("design");
        var states = tech.tablesaw.api.IntColumn.create("states");
        var seconds = tech.tablesaw.api.DoubleColumn.create("seconds");
        for (int i = 0; i < rows; i++) {
            name.append("D" + i + " <x>");
            states.append(1 << i % 20);
            if (i == 2) seconds.appendMissing();
            else seconds.append(i * 0.25);
        }
        return tech.tablesaw.api.Table.create("designs", name, states, seconds);
    }

    /// Five CPUs and long lines of source.
    static Trace wide() {
        var columns = new ArrayList<String>();
        for (int c = 0; c < 5; c++)
            columns.add("CPU" + c + (c == 4 ? " (swapoff)" : " (page fault)"));
        var rows = new ArrayList<Trace.Row>();
        for (int c = 0; c < 4; c++) {
            var in = List.of("do_swap_page()", "get_swap_device()");
            rows.add(
                    row(
                            c,
                            in,
                            "percpu_ref_tryget_live(&swp_swap_info(entry)->users) -> true",
                            "users.percpu[" + c + "]: 0 -> 1",
                            c));
            rows.add(
                    row(
                            c,
                            in,
                            "READ READ_ONCE(swap_info[swp_type(entry)]->flags) -> SWP_USED | SWP_WRITEOK | SWP_VALID",
                            "",
                            c));
        }
        rows.add(
                row(
                        4,
                        List.of("swapoff()", "clear_swap_device_valid()"),
                        "WRITE p->flags &= ~SWP_VALID",
                        "p->flags: SWP_USED | SWP_WRITEOK | SWP_VALID -> SWP_USED | SWP_WRITEOK",
                        0,
                        1,
                        2,
                        3));
        rows.add(
                row(
                        4,
                        List.of("swapoff()"),
                        "vfree(swap_map)",
                        "map#1: live -> freed",
                        0,
                        1,
                        2,
                        3));
        rows.add(
                broken(
                        row(
                                0,
                                List.of("do_swap_page()", "__swap_duplicate()"),
                                "READ p->swap_map[swp_offset(entry)]",
                                "",
                                0,
                                1,
                                2,
                                3)));
        return new Trace(
                "Five CPUs: use after free",
                columns,
                rows,
                "Use after free: CPU0 reads p->swap_map[17] in __swap_duplicate() after swapoff() freed it",
                "d8-n5-0011223344-0");
    }
}
