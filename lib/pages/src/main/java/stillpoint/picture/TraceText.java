package stillpoint.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import stillpoint.evidence.Trace;

/// A trace as kernel commit messages draw a race: a column a CPU, a line a step, time goes down,
/// carets under what breaks.
///
/// Seven-bit ASCII, at most 75 columns wide (79 with three lanes or more), so that it survives
/// being quoted in a mail. With more than four lanes columns get too narrow to read: then it is a
/// numbered list.
public final class TraceText {
    private static final int MARGIN = 4;
    private static final int GAP = 2;

    /// With three lanes or more a long step may reach into the next lane: nothing else stands on
    /// its line.
    private static final int OVERHANG = 8;

    /// Where maintainers put the second column.
    private static final int HOUSE_WIDTH = 32;

    private TraceText() {}

    /// The columns alone, for a mail or a commit message.
    public static String ascii(Trace trace) {
        TraceLines lines = TraceLines.of(trace);
        String body = lines.lanes().size() > 4 ? list(trace, lines) : columns(trace, lines);
        var out = new StringBuilder(body);
        if (trace.rows().stream().noneMatch(Trace.Row::fault) && !trace.fault().isEmpty()) {
            out.append('\n');
            for (String line : Wrap.lines("=> " + Ascii.of(trace.fault()), 75 - MARGIN, "   "))
                out.append(" ".repeat(MARGIN)).append(line).append('\n');
        }
        List<String> idle = lines.idle(trace);
        if (!idle.isEmpty())
            for (String line : Wrap.lines(idleNote(idle), 75 - MARGIN, " "))
                out.append(" ".repeat(MARGIN)).append(Ascii.of(line)).append('\n');
        return out.toString().stripTrailing();
    }

    /// The title, the columns and the replay string: what a terminal shows.
    public static String text(Trace trace) {
        var out = new StringBuilder();
        if (!trace.title().isEmpty())
            out.append(String.join("\n", Wrap.lines(Ascii.of(trace.title()), 75, "  ")))
                    .append("\n\n");
        out.append(ascii(trace));
        if (!trace.replay().isEmpty())
            out.append("\n\n    replay: ").append(Ascii.of(trace.replay()));
        return out.toString();
    }

    /// The trace in sentences: who does what, and what breaks. A text alternative to the drawing.
    public static String sentence(Trace trace) {
        var out = new StringBuilder();
        int steps = trace.step(trace.rows().size()) - 1;
        out.append(steps).append(steps == 1 ? " step, " : " steps, ");
        int switches = trace.switches();
        out.append(switches == 1 ? "1 switch of CPU. " : switches + " switches of CPU. ");
        int last = -1;
        for (Trace.Row row : trace.rows()) {
            if (row.column() != last) {
                if (last >= 0) out.append(". ");
                out.append(trace.columns().get(row.column())).append(": ");
            } else out.append("; ");
            out.append(row.text());
            last = row.column();
        }
        out.append('.');
        if (!trace.fault().isEmpty()) out.append(' ').append(trace.fault());
        return out.toString();
    }

    static String idleNote(List<String> idle) {
        return "("
                + String.join(", ", idle)
                + (idle.size() == 1 ? " takes" : " take")
                + " no step)";
    }

    private static String columns(Trace trace, TraceLines lines) {
        int lanes = lines.lanes().size();
        int[] wanted = new int[lanes];
        for (int i = 0; i < lanes; i++)
            wanted[i] = Ascii.of(trace.columns().get(lines.lanes().get(i))).length();
        for (TraceLines.Line line : lines.lines())
            wanted[line.lane()] = Math.max(wanted[line.lane()], 2 * line.depth() + longest(line));
        int total = (lanes <= 2 ? 75 : 79) - MARGIN;
        int[] width = widths(wanted, total);
        int[] left = new int[lanes];
        for (int i = 0; i < lanes; i++) left[i] = i == 0 ? MARGIN : left[i - 1] + width[i - 1];
        boolean tight = Arrays.stream(wanted).sum() + GAP * (lanes - 1) > total && lanes > 2;

        var out = new Rows();
        var heads = new ArrayList<List<String>>();
        for (int i = 0; i < lanes; i++)
            heads.add(
                    Wrap.lines(
                            Ascii.of(trace.columns().get(lines.lanes().get(i))),
                            width[i] - GAP,
                            ""));
        int deepest = heads.stream().mapToInt(List::size).max().orElse(0);
        for (int n = 0; n < deepest; n++)
            for (int i = 0; i < lanes; i++)
                if (n < heads.get(i).size()) out.put(n, left[i], heads.get(i).get(n));
        for (int i = 0; i < lanes; i++)
            out.put(
                    deepest,
                    left[i],
                    "-".repeat(heads.get(i).stream().mapToInt(String::length).max().orElse(1)));
        for (TraceLines.Line line : lines.lines()) {
            int lane = line.lane();
            int room = width[lane] - (lane == lanes - 1 ? 0 : tight ? -OVERHANG : GAP);
            for (String text :
                    cell(line, room, MARGIN + total - left[lane], tight ? 1 : 2, trace.fault()))
                out.put(left[lane], text);
        }
        return out.toString();
    }

    private static String list(Trace trace, TraceLines lines) {
        var out = new StringBuilder();
        int step = 0;
        for (TraceLines.Line line : lines.lines()) {
            if (line.call()) continue;
            String cpu = Ascii.of(trace.columns().get(lines.lanes().get(line.lane())));
            String frame = line.depth() == 0 ? "" : innermost(trace.rows().get(line.row())) + ": ";
            String lead = String.format(java.util.Locale.ROOT, "%3d. ", ++step);
            String text = cpu + ": " + frame + Ascii.of(line.text()) + change(line);
            if (line.fault()) text += "  <== " + Ascii.of(trace.fault());
            for (String part : Wrap.lines(lead.stripLeading() + text, 75 - MARGIN, "     "))
                out.append(" ".repeat(MARGIN)).append(part).append('\n');
        }
        return out.toString();
    }

    private static String innermost(Trace.Row row) {
        return Ascii.of(row.frames().getLast());
    }

    /// The effect as a comment; none when the step itself says it, as in `WRITE p->max = 0`.
    private static String change(TraceLines.Line line) {
        String change = Ascii.of(line.change());
        int colon = change.indexOf(": ");
        int arrow = change.lastIndexOf(" -> ");
        if (change.isEmpty()) return "";
        if (colon > 0 && arrow > colon) {
            String assignment = change.substring(0, colon) + " = " + change.substring(arrow + 4);
            if (Ascii.of(line.text()).endsWith(assignment)) return "";
        }
        return "  // " + change;
    }

    /// The lines of one cell: the step, its effect on a line of its own when it does not fit
    /// beside, and carets.
    private static List<String> cell(
            TraceLines.Line line, int width, int toEdge, int perCall, String fault) {
        String indent = " ".repeat(perCall * Math.min(line.depth(), 4));
        int room = width - indent.length();
        String text = Ascii.of(line.text());
        var cell = new ArrayList<String>();
        if ((text + change(line)).length() <= room) cell.add(text + change(line));
        else {
            cell.addAll(Wrap.lines(text, room, "  "));
            if (!change(line).isEmpty()) cell.addAll(Wrap.lines(change(line).strip(), room, "   "));
        }
        if (line.fault()) {
            String carets = "^".repeat(Math.min(text.length(), room));
            String words = Ascii.of(fault);
            int wide = Math.max(room, toEdge - indent.length());
            if (carets.length() + 1 + words.length() <= wide) cell.add(carets + " " + words);
            else {
                cell.add(carets);
                cell.addAll(Wrap.lines(words, wide, ""));
            }
        }
        return cell.stream().map(s -> indent + s).toList();
    }

    /// The length of the longest line a step would like to have.
    private static int longest(TraceLines.Line line) {
        return Math.max(Ascii.of(line.text()).length(), change(line).strip().length());
    }

    /// Lane widths, gaps included, that add up to at most `total`.
    private static int[] widths(int[] wanted, int total) {
        int lanes = wanted.length;
        int[] width = Arrays.stream(wanted).map(w -> w + GAP).toArray();
        width[lanes - 1] -= GAP;
        if (Arrays.stream(width).sum() <= total) {
            if (lanes == 2 && width[0] <= HOUSE_WIDTH && width[1] <= total - HOUSE_WIDTH)
                width[0] = HOUSE_WIDTH;
            return width;
        }
        if (lanes == 2) {
            int half = total / 2;
            if (width[0] <= half) width[1] = total - width[0];
            else if (width[1] <= half) width[0] = total - width[1];
            else Arrays.fill(width, half);
            return width;
        }
        int pitch = (total - OVERHANG) / lanes;
        Arrays.fill(width, pitch);
        width[lanes - 1] = total - pitch * (lanes - 1);
        return width;
    }

    /// Lines that grow to the right.
    private static final class Rows {
        private final List<StringBuilder> rows = new ArrayList<>();

        void put(int left, String text) {
            put(rows.size(), left, text);
        }

        void put(int at, int left, String text) {
            while (rows.size() <= at) rows.add(new StringBuilder());
            StringBuilder row = rows.get(at);
            row.append(" ".repeat(Math.max(0, left - row.length()))).append(text);
        }

        @Override
        public String toString() {
            var out = new StringBuilder();
            for (StringBuilder row : rows) out.append(row.toString().stripTrailing()).append('\n');
            return out.toString();
        }
    }
}
