package stillpoint.kernel;

import com.google.gson.JsonObject;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;

/// Whether code is ready to run, for clients in which Enter may mean either.
final class Continuation {
    private static final String STEP = "    ";

    private Continuation() {}

    static JsonObject of(String code, SourceCodeAnalysis analysis) {
        var reply = new JsonObject();
        List<Piece> pieces = Piece.of(code, analysis);
        String status =
                pieces.isEmpty()
                        ? "complete"
                        : switch (pieces.getLast().completeness()) {
                            case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE, EMPTY ->
                                    "complete";
                            case DEFINITELY_INCOMPLETE -> "incomplete";
                            case UNKNOWN -> "invalid";
                        };
        reply.addProperty("status", status);
        if (status.equals("incomplete")) reply.addProperty("indent", indent(code));
        return reply;
    }

    /// As the last line, and one step more behind an opening brace or parenthesis.
    static String indent(String code) {
        String last = code.stripTrailing();
        last = last.substring(last.lastIndexOf('\n') + 1);
        int blanks = 0;
        while (blanks < last.length() && Character.isWhitespace(last.charAt(blanks))) blanks++;
        String indent = last.substring(0, blanks);
        return last.endsWith("{") || last.endsWith("(") || last.endsWith("->")
                ? indent + STEP
                : indent;
    }
}
