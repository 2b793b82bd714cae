package stillpoint.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a reader sees of an exception: its message, the line of the cell, and the way there without
/// the kernel's own frames.
final class Failures {
    private static final int FRAMES = 30;
    private static final int AROUND = 2;

    private Failures() {}

    /// The cell was stopped on request.
    ///
    /// @param how what ended it; a cell that was left behind says so
    static Outcome interrupted(Optional<Throwable> how) {
        String message =
                how.filter(CellControl.Interrupted.class::isInstance)
                        .map(Throwable::getMessage)
                        .orElse("the cell was stopped; what it declared before stays");
        return new Outcome.Failed(
                "Interrupted", message, List.of(Ansi.red("Interrupted: " + message)));
    }

    /// The cell used something that was declared in terms of something that is not declared yet.
    static Outcome unresolved(String message) {
        return new Outcome.Failed(
                "UnresolvedReference",
                message,
                List.of(Ansi.red("UnresolvedReference: " + message)));
    }

    /// The cell threw.
    ///
    /// @param cells the text of each cell, by its name in stack traces
    static Outcome thrown(Throwable thrown, Map<String, String> cells) {
        String name = Names.readable(thrown.getClass().getSimpleName());
        return new Outcome.Failed(name, message(thrown), trace(thrown, cells));
    }

    /// The lines for an exception and its causes.
    static List<String> trace(Throwable thrown, Map<String, String> cells) {
        var lines = new ArrayList<String>();
        String title = "";
        for (Throwable each = thrown; each != null && lines.size() < 200; each = each.getCause()) {
            String message = message(each);
            boolean ours = each.getClass().getPackageName().equals(Failures.class.getPackageName());
            String name =
                    ours
                            ? each.getClass().getSimpleName()
                            : Names.readable(each.getClass().getName());
            lines.add(title + Ansi.red(message.isEmpty() ? name : name + ": " + message));
            List<StackTraceElement> frames = frames(each);
            excerpt(frames, cells).ifPresent(lines::addAll);
            lines.addAll(folded(frames.stream().map(Failures::line).toList()));
            title = "Caused by: ";
            if (each == each.getCause()) break;
        }
        return lines;
    }

    /// A method that calls itself a thousand times is one line.
    private static List<String> folded(List<String> frames) {
        var lines = new ArrayList<String>();
        for (int from = 0, to; from < frames.size(); from = to) {
            if (lines.size() == FRAMES) {
                lines.add("      ... " + (frames.size() - from) + " more");
                break;
            }
            to = from + 1;
            while (to < frames.size() && frames.get(to).equals(frames.get(from))) to++;
            lines.add(frames.get(from) + (to - from > 1 ? ", " + (to - from) + " times" : ""));
        }
        return lines;
    }

    private static String message(Throwable thrown) {
        String message = thrown.getLocalizedMessage();
        return message == null ? "" : Names.withoutAddresses(Names.readable(message));
    }

    /// From where it was thrown out to the cell; what called the cell is the kernel's affair.
    private static List<StackTraceElement> frames(Throwable thrown) {
        var frames = new ArrayList<StackTraceElement>();
        for (StackTraceElement each : thrown.getStackTrace()) {
            if (each.getClassName().startsWith("stillpoint.kernel.")) {
                if (ofCell(frames)) break;
                continue;
            }
            frames.add(each);
            if (isWhole(each)) break;
        }
        return frames;
    }

    private static boolean ofCell(List<StackTraceElement> frames) {
        return frames.stream().anyMatch(Failures::isOfCell);
    }

    private static boolean isOfCell(StackTraceElement frame) {
        return Wrapper.outermost(frame.getClassName()).isPresent();
    }

    private static boolean isWhole(StackTraceElement frame) {
        return frame.getMethodName().equals("do_it$") && isOfCell(frame);
    }

    private static Optional<List<String>> excerpt(
            List<StackTraceElement> frames, Map<String, String> cells) {
        Optional<StackTraceElement> culprit =
                frames.stream()
                        .filter(Failures::isOfCell)
                        .filter(each -> cells.containsKey(each.getFileName()))
                        .findFirst();
        if (culprit.isEmpty()) return Optional.empty();
        String file = culprit.get().getFileName();
        int line = culprit.get().getLineNumber();
        List<String> source = cells.getOrDefault(file == null ? "" : file, "").lines().toList();
        var lines = new ArrayList<String>();
        lines.add("  " + file + ", line " + line + ":");
        for (int i = Math.max(1, line - AROUND); i <= Math.min(source.size(), line + AROUND); i++)
            lines.add(
                    (i == line ? Ansi.red("-->") : "   ")
                            + String.format(Locale.ROOT, "%4d | ", i)
                            + source.get(i - 1));
        return Optional.of(lines);
    }

    /// One frame. Lines of the JDK differ from one build of it to the next and help nobody, so they
    /// are left out.
    private static String line(StackTraceElement frame) {
        String type = Names.readable(frame.getClassName());
        String method = frame.getMethodName();
        if (isOfCell(frame)) {
            if (method.startsWith("do_it$")) method = "";
            else if (method.startsWith("lambda$")) method = "a lambda";
            String where =
                    type.isEmpty()
                            ? method
                            : method.isEmpty() ? type : type.replace('$', '.') + "." + method;
            String place = frame.getFileName() + ":" + frame.getLineNumber();
            return "      at " + (where.isEmpty() ? place : where + " (" + place + ")");
        }
        boolean ofJdk = frame.getModuleName() != null;
        String where =
                ofJdk || frame.getFileName() == null
                        ? ""
                        : " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
        return "      at " + type + "." + method + where;
    }
}
