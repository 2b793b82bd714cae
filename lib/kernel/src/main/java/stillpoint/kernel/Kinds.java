package stillpoint.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/// What the completions of a piece of code are, as clients show it beside them: a function, a
/// class, a variable.
///
/// JShell tells the signature of one name at a time, which costs about a millisecond; a list that
/// is long gets the rest from the way in which Java names are written.
final class Kinds {
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private Kinds() {}

    /// In the form that JupyterLab and IPython agreed on.
    static JsonArray of(Completion completion, String code, SourceCodeAnalysis analysis) {
        long start = System.nanoTime();
        String before = code.substring(0, completion.start());
        List<Piece> pieces = Piece.of(before, analysis);
        String context = pieces.isEmpty() ? "" : before.substring(pieces.getLast().offset());
        var kinds = new JsonArray();
        for (String match : completion.matches()) {
            String signature =
                    System.nanoTime() - start < BUDGET_NANOS
                            ? signature(context + match, analysis)
                            : "";
            var kind = new JsonObject();
            kind.addProperty("start", code.codePointCount(0, completion.start()));
            kind.addProperty("end", code.codePointCount(0, completion.end()));
            kind.addProperty("text", match);
            kind.addProperty("type", type(match));
            if (!signature.isEmpty()) kind.addProperty("signature", signature);
            kinds.add(kind);
        }
        return kinds;
    }

    private static String signature(String code, SourceCodeAnalysis analysis) {
        String open = code.endsWith(")") ? code.substring(0, code.length() - 1) : code;
        return analysis.documentation(open, open.length(), false).stream()
                .map(Documentation::signature)
                .findFirst()
                .map(each -> Names.readable(each).replaceAll("@[\\w.]+ ", ""))
                .orElse("");
    }

    /// What a name is, by the conventions of Java.
    static String type(String match) {
        if (match.endsWith("(") || match.endsWith(")")) return "function";
        if (match.startsWith("%")) return "magic";
        String name = match.strip();
        if (name.endsWith(".")) return "module";
        boolean isConstant = name.length() > 1 && name.equals(name.toUpperCase(Locale.ROOT));
        return !name.isEmpty() && Character.isUpperCase(name.charAt(0)) && !isConstant
                ? "class"
                : "instance";
    }
}
