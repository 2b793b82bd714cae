package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import stillpoint.evidence.Trace;

/// A trace as the lines that both drawings share: each CPU that takes a step gets a lane, and a
/// function's name is a line of its own when the CPU enters it.
///
/// @param lanes the columns of the trace that take a step, in their order
/// @param lines in the order of time
record TraceLines(List<Integer> lanes, List<Line> lines) {
    /// One line.
    ///
    /// @param row the row of the trace, from 0
    /// @param lane the index in `lanes`
    /// @param depth how many functions are open around it
    /// @param call true for the name of a function that is entered
    record Line(
            int row,
            int lane,
            int depth,
            boolean call,
            String text,
            String change,
            boolean fault) {}

    TraceLines {
        lanes = List.copyOf(lanes);
        lines = List.copyOf(lines);
    }

    static TraceLines of(Trace trace) {
        List<Integer> lanes =
                trace.rows().stream().map(Trace.Row::column).distinct().sorted().toList();
        var open = new ArrayList<List<String>>();
        for (int i = 0; i < lanes.size(); i++) open.add(List.of());
        var lines = new ArrayList<Line>();
        for (int r = 0; r < trace.rows().size(); r++) {
            Trace.Row row = trace.rows().get(r);
            int lane = lanes.indexOf(row.column());
            List<String> frames = row.frames();
            for (int depth = common(open.get(lane), frames); depth < frames.size(); depth++)
                lines.add(new Line(r, lane, depth, true, frames.get(depth), "", false));
            lines.add(
                    new Line(r, lane, frames.size(), false, row.text(), row.change(), row.fault()));
            open.set(lane, frames);
        }
        return new TraceLines(lanes, lines);
    }

    /// The columns in words that take no step, for a note; empty when all do.
    List<String> idle(Trace trace) {
        var idle = new ArrayList<String>();
        for (int c = 0; c < trace.columns().size(); c++)
            if (!lanes.contains(c)) idle.add(trace.columns().get(c));
        return idle;
    }

    private static int common(List<String> a, List<String> b) {
        int n = 0;
        while (n < a.size() && n < b.size() && a.get(n).equals(b.get(n))) n++;
        return n;
    }
}
