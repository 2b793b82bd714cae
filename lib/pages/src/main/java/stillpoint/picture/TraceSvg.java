package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stillpoint.evidence.Trace;

/// A trace as a drawing: a lane a CPU, time goes down.
///
/// A run of steps without a switch is one block; an arrow leads to the next block on another CPU. A
/// function's name is a line of its own when the CPU enters it, what it does is indented below it.
/// Under a step stands what it changed, old value struck out. A bar beside the lane shows how long
/// the CPU is inside a section, whoever runs meanwhile. The step that breaks the rule is framed,
/// with the fault in words below it.
final class TraceSvg {
    private static final double CHAR = 7.25;
    private static final double SMALL_CHAR = 6.65;
    private static final double FAULT_CHAR = 6.9;
    private static final int GUTTER = 30;
    private static final int LANE_LEFT = 20;
    private static final int PAD = 8;
    private static final int INDENT = 13;
    private static final int LINE = 17;
    private static final int GAP = 16;
    private static final Pattern CHANGE = Pattern.compile("(.+?): (.+?) -> (.+)");

    private final Trace trace;
    private final TraceLines lines;
    private final int chars;
    private final double[] laneX;
    private final double[] laneWidth;
    private final double width;

    private final StringBuilder blocks = new StringBuilder();
    private final StringBuilder arrows = new StringBuilder();
    private final StringBuilder numbers = new StringBuilder();
    private final StringBuilder calls = new StringBuilder();
    private final StringBuilder steps = new StringBuilder();
    private final StringBuilder changes = new StringBuilder();
    private final StringBuilder faultBox = new StringBuilder();
    private final StringBuilder faultText = new StringBuilder();
    private final double[] rowY;

    private TraceSvg(Trace trace) {
        this.trace = trace;
        this.lines = TraceLines.of(trace);
        this.rowY = new double[trace.rows().size()];
        int lanes = lines.lanes().size();
        this.chars = lanes <= 2 ? 54 : lanes == 3 ? 35 : 28;
        this.laneX = new double[lanes];
        this.laneWidth = new double[lanes];
        double x = GUTTER;
        for (int i = 0; i < lanes; i++) {
            laneX[i] = x + LANE_LEFT;
            laneWidth[i] = laneWidth(i);
            x = laneX[i] + laneWidth[i];
        }
        this.width = Math.max(x + 12, 480);
    }

    /// The drawing of a trace.
    static String of(Trace trace, String id) {
        return new TraceSvg(trace).draw(id);
    }

    private double laneWidth(int lane) {
        double widest = head(lane).length() * CHAR;
        for (TraceLines.Line line : lines.lines())
            if (line.lane() == lane) {
                double indent = line.depth() * INDENT;
                for (String part : Wrap.lines(line.text(), room(line, CHAR), "  "))
                    widest = Math.max(widest, indent + part.length() * CHAR);
                for (String change : changes(line))
                    widest = Math.max(widest, indent + change.length() * SMALL_CHAR);
                if (line.fault() && lane == laneX.length - 1)
                    widest = Math.max(widest, Math.min(trace.fault().length(), 30) * CHAR + 20);
            }
        return widest + 2 * PAD;
    }

    private int room(TraceLines.Line line, double charWidth) {
        return (int) Math.max(12, (chars * CHAR - line.depth() * INDENT) / charWidth);
    }

    /// The step that breaks the rule may reach to the right, as its words do.
    private int faultRoom(TraceLines.Line line, double x) {
        double right =
                Math.max(
                        laneX[line.lane()] + laneWidth[line.lane()],
                        Math.min(width - 12, x + 56 * CHAR));
        return Math.max(room(line, CHAR), (int) ((right - x - PAD) / CHAR));
    }

    private String head(int lane) {
        return trace.columns().get(lines.lanes().get(lane));
    }

    /// What a step changed, one part a line.
    private List<String> changes(TraceLines.Line line) {
        if (line.change().isEmpty()) return List.of();
        var parts = new ArrayList<String>();
        for (String part : line.change().split("[;,] (?=[^ ]+: )"))
            parts.addAll(
                    Wrap.lines(part.replace(" -> ", " \u2192 "), room(line, SMALL_CHAR), "  "));
        return parts;
    }

    private String draw(String id) {
        double y = 16;
        var titles = new StringBuilder();
        for (String line : Wrap.lines(trace.title(), (int) ((width - 24) / 7.4), "")) {
            y += 8;
            titles.append(text(12, y, Markup.escape(line)));
            y += 11;
        }
        double headY = y + 17;
        var heads = new StringBuilder();
        for (int i = 0; i < laneX.length; i++)
            heads.append(text(laneX[i] + PAD, headY, head(i, head(i))));
        double top = headY + 9;
        y = top + 8;
        int first = 0;
        List<TraceLines.Line> all = lines.lines();
        while (first < all.size()) {
            int last = first;
            while (last + 1 < all.size() && all.get(last + 1).lane() == all.get(first).lane())
                last++;
            double bottom = block(all.subList(first, last + 1), y);
            if (last + 1 < all.size())
                arrow(all.get(first).lane(), bottom, all.get(last + 1).lane(), bottom + GAP);
            y = bottom + GAP;
            first = last + 1;
        }
        double end = y - GAP + 4;
        String bars = bars(end);
        y = end + 6;
        var notes = new StringBuilder();
        for (String note : notes(bars)) notes.append(text(12, y += 15, Markup.escape(note)));
        if (trace.rows().stream().noneMatch(Trace.Row::fault)) y = verdict(y + 12);
        return Svg.document(
                id,
                width,
                y + 12,
                trace.title(),
                TraceText.sentence(trace),
                "",
                "<g font-family=\""
                        + Svg.MONO
                        + "\" font-size=\"12\">\n"
                        + group(
                                "font-family=\""
                                        + Svg.SANS
                                        + "\" font-size=\"14\" font-weight=\"bold\"",
                                titles)
                        + group("fill=\"" + Ink.PANEL.paint() + "\"", blocks)
                        + group("stroke=\"" + Ink.LINE.paint() + "\"", lifelines(top, end))
                        + group("fill=\"" + Ink.ACCENT.paint() + "\"", bars)
                        + group(
                                "fill=\"none\" stroke=\"" + Ink.INK2.paint() + "\"",
                                arrows.isEmpty() ? "" : "<path d=\"" + arrows + "\"/>")
                        + group("font-weight=\"bold\"", heads)
                        + group(
                                "font-size=\"10\" text-anchor=\"end\" fill=\""
                                        + Ink.INK2.paint()
                                        + "\"",
                                numbers)
                        + group("font-weight=\"bold\"", calls)
                        + group("fill=\"" + Ink.PAPER.paint() + "\"", faultBox)
                        + group(
                                "fill=\""
                                        + Ink.BAD.paint()
                                        + "\" fill-opacity=\".1\" stroke=\""
                                        + Ink.BAD.paint()
                                        + "\" stroke-width=\"1.5\"",
                                faultBox)
                        + group(
                                "font-family=\""
                                        + Svg.SANS
                                        + "\" font-weight=\"bold\" fill=\""
                                        + Ink.BAD.paint()
                                        + "\"",
                                faultText)
                        + steps
                        + group("font-size=\"11\" fill=\"" + Ink.INK2.paint() + "\"", changes)
                        + group(
                                "font-family=\""
                                        + Svg.SANS
                                        + "\" font-size=\"11\" fill=\""
                                        + Ink.INK2.paint()
                                        + "\"",
                                notes)
                        + "</g>\n");
    }

    /// `CPU0 (page fault)`: the role less heavy than the name.
    private static String head(int lane, String name) {
        int role = name.indexOf(" (");
        if (role < 0) return Markup.escape(name);
        return Markup.escape(name.substring(0, role))
                + "<tspan font-weight=\"normal\" fill=\""
                + Ink.INK2.paint()
                + "\">"
                + Markup.escape(name.substring(role))
                + "</tspan>";
    }

    private List<String> notes(String bars) {
        var notes = new ArrayList<String>();
        if (!bars.isEmpty())
            notes.add(
                    "Bar beside a lane: preemption or interrupts are off there, or it is in an RCU section.");
        if (!lines.idle(trace).isEmpty()) notes.add(TraceText.idleNote(lines.idle(trace)));
        if (!trace.replay().isEmpty())
            for (String line :
                    Wrap.lines("Replay: " + trace.replay(), (int) ((width - 24) / 6), "  "))
                notes.add(line);
        return notes;
    }

    /// One run of steps on one CPU; gives its bottom.
    private double block(List<TraceLines.Line> run, double top) {
        double y = top + 3;
        int lane = run.getFirst().lane();
        for (TraceLines.Line line : run) {
            double x = laneX[lane] + PAD + line.depth() * INDENT;
            if (line.call()) {
                for (String part : Wrap.lines(line.text(), room(line, CHAR), "  "))
                    calls.append(text(x, (y += LINE) - 4, Markup.escape(part)));
                continue;
            }
            rowY[line.row()] = y + LINE / 2.0;
            numbers.append(
                    text(GUTTER - 8, y + LINE - 4, Integer.toString(trace.step(line.row()))));
            double before = y;
            int room = line.fault() ? faultRoom(line, x) : room(line, CHAR);
            for (String part : Wrap.lines(line.text(), room, "  "))
                steps.append(text(x + hang(part), (y += LINE) - 4, content(line, part)));
            for (String change : changes(line))
                changes.append(text(x + hang(change), (y += LINE - 2) - 4, diff(change)));
            if (line.fault())
                y = fault(x, before, y, lane, Math.min(room, line.text().length()) * CHAR + PAD);
        }
        blocks.append(rect(laneX[lane], top, laneWidth[lane], y + 3 - top, 4));
        return y + 3;
    }

    private String content(TraceLines.Line line, String part) {
        String text = Markup.escape((part.strip() + " ").replace(" -> ", " \u2192 ").strip());
        String site = trace.rows().get(line.row()).site();
        return site.isEmpty() ? text : text + "<title>" + Markup.escape(site) + "</title>";
    }

    private static double hang(String part) {
        return part.startsWith("  ") ? 2 * CHAR : 0;
    }

    private static String diff(String change) {
        Matcher m = CHANGE.matcher(change.strip().replace(" \u2192 ", " -> "));
        if (!m.matches()) return Markup.escape(change.strip());
        return Markup.escape(m.group(1))
                + ": <tspan text-decoration=\"line-through\">"
                + Markup.escape(m.group(2))
                + "</tspan> \u2192 <tspan font-weight=\"bold\" fill=\""
                + Ink.OK.paint()
                + "\">"
                + Markup.escape(m.group(3))
                + "</tspan>";
    }

    /// Frames the broken step; the words may reach into the lanes to the right, where nothing
    /// happens at that moment.
    private double fault(double x, double top, double bottom, int lane, double stepWidth) {
        double right =
                Math.max(laneX[lane] + laneWidth[lane] - 3, Math.min(width - 12, x + 56 * CHAR));
        double y = faultWords(x, bottom, right);
        double laneRight = laneX[lane] + laneWidth[lane] - 3;
        double widest =
                Math.max(
                        laneRight,
                        Math.min(right, x + Math.max(30 + faultWidth(x, right), stepWidth)));
        framed(x - 5, top, widest - x + 5, y + 5 - top, x + 1, bottom + 4);
        return y + 6;
    }

    /// The fault below all lanes, when it is no single step's (a deadlock).
    private double verdict(double top) {
        if (trace.fault().isEmpty()) return top;
        double y = faultWords(16, top, width - 24);
        framed(12, top - 3, width - 24, y - top + 7, 18, top + 5);
        return y + 6;
    }

    private List<String> faultLines(double x, double right) {
        return Wrap.lines(trace.fault(), (int) ((right - x - 24) / FAULT_CHAR), "");
    }

    private double faultWidth(double x, double right) {
        return faultLines(x, right).stream().mapToInt(String::length).max().orElse(0) * FAULT_CHAR;
    }

    private double faultWords(double x, double top, double right) {
        double y = top;
        for (String part : faultLines(x, right))
            faultText.append(text(x + 14, (y += 16) - 4, Markup.escape(part)));
        return y;
    }

    private void framed(double x, double y, double w, double h, double crossX, double crossY) {
        faultBox.append(rect(x, y, w, h, 3));
        faultBox.append(
                "<path stroke-width=\"2\" d=\"M"
                        + Svg.num(crossX)
                        + " "
                        + Svg.num(crossY)
                        + "l7 7m0-7l-7 7\"/>\n");
    }

    private void arrow(int from, double fromY, int to, double toY) {
        double x1 = laneX[from] + 26;
        double x2 = laneX[to] + 26;
        double mid = (fromY + toY) / 2 - 1;
        arrows.append('M').append(Svg.num(x1)).append(' ').append(Svg.num(fromY));
        arrows.append('V')
                .append(Svg.num(mid))
                .append('H')
                .append(Svg.num(x2))
                .append('V')
                .append(Svg.num(toY - 1));
        arrows.append("m-3.5-4.5l3.5 4.5 3.5-4.5");
    }

    private String lifelines(double top, double end) {
        var d = new StringBuilder();
        for (double x : laneX)
            d.append('M')
                    .append(Svg.num(x - 7))
                    .append(' ')
                    .append(Svg.num(top))
                    .append('V')
                    .append(Svg.num(end));
        return "<path d=\"" + d + "\"/>\n";
    }

    /// From the middle of the step that enters the section to the middle of the one that leaves it.
    private String bars(double end) {
        var out = new StringBuilder();
        for (int lane = 0; lane < laneX.length; lane++) {
            int column = lines.lanes().get(lane);
            double from = -1;
            for (int r = 0; r < rowY.length; r++) {
                boolean inside = trace.rows().get(r).inside().contains(column);
                if (inside && from < 0) from = rowY[r];
                if (!inside && from >= 0) {
                    out.append(rect(laneX[lane] - 9.5, from, 5, rowY[r] - from, 2.5));
                    from = -1;
                }
            }
            if (from >= 0) out.append(rect(laneX[lane] - 9.5, from, 5, end - from, 0));
        }
        return out.toString();
    }

    private static String rect(double x, double y, double w, double h, double r) {
        return "<rect x=\""
                + Svg.num(x)
                + "\" y=\""
                + Svg.num(y)
                + "\" width=\""
                + Svg.num(w)
                + "\" height=\""
                + Svg.num(h)
                + (r > 0 ? "\" rx=\"" + Svg.num(r) : "")
                + "\"/>\n";
    }

    private static String text(double x, double y, String content) {
        return "<text x=\"" + Svg.num(x) + "\" y=\"" + Svg.num(y) + "\">" + content + "</text>\n";
    }

    private static String group(String attributes, CharSequence content) {
        return content.isEmpty() ? "" : "<g " + attributes + ">\n" + content + "</g>\n";
    }
}
