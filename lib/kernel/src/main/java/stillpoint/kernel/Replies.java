package stillpoint.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import stillpoint.kernel.wire.Connection;
import stillpoint.kernel.wire.Message;

/// The contents of replies and publications, as the Jupyter messaging specification 5.4 names their
/// parts.
final class Replies {
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private Replies() {}

    static JsonObject ok() {
        var content = new JsonObject();
        content.addProperty("status", "ok");
        return content;
    }

    static JsonObject aborted() {
        var content = new JsonObject();
        content.addProperty("status", "aborted");
        return content;
    }

    /// A reply that says what went wrong.
    static JsonObject failed(Outcome.Failed failed) {
        JsonObject content = error(failed);
        content.addProperty("status", "error");
        return content;
    }

    static JsonObject kernelInfo() {
        var language = new JsonObject();
        language.addProperty("name", "java");
        language.addProperty("version", Integer.toString(Runtime.version().feature()));
        language.addProperty("mimetype", "text/x-java");
        language.addProperty("file_extension", ".jshell");
        language.addProperty("pygments_lexer", "java");
        language.addProperty("codemirror_mode", "text/x-java");
        JsonObject content = ok();
        content.addProperty("protocol_version", Message.VERSION);
        content.addProperty("implementation", "stillpoint");
        content.addProperty("implementation_version", VERSION);
        content.add("language_info", language);
        content.addProperty(
                "banner",
                "Stillpoint " + VERSION + ": Java " + Runtime.version().feature() + " in cells");
        // Neither a debugger nor subshells; `debugger` says the same to older clients.
        content.addProperty("debugger", false);
        content.add("supported_features", new JsonArray());
        content.add("help_links", help());
        return content;
    }

    private static JsonArray help() {
        int java = Runtime.version().feature();
        var api = new JsonObject();
        api.addProperty("text", "Java " + java + " API");
        api.addProperty("url", "https://docs.oracle.com/en/java/javase/" + java + "/docs/api/");
        var links = new JsonArray();
        links.add(api);
        return links;
    }

    /// Where the kernel listens, as in its connection file.
    static JsonObject connect(Connection connection) {
        JsonObject content = ok();
        content.addProperty("shell_port", connection.shellPort());
        content.addProperty("iopub_port", connection.iopubPort());
        content.addProperty("stdin_port", connection.stdinPort());
        content.addProperty("control_port", connection.controlPort());
        content.addProperty("hb_port", connection.heartbeatPort());
        return content;
    }

    static JsonObject input(String code, int count) {
        var content = new JsonObject();
        content.addProperty("code", code);
        content.addProperty("execution_count", count);
        return content;
    }

    static JsonObject error(Outcome.Failed failed) {
        var trace = new JsonArray();
        failed.trace().forEach(trace::add);
        var content = new JsonObject();
        content.addProperty("ename", failed.name());
        content.addProperty("evalue", failed.message());
        content.add("traceback", trace);
        return content;
    }

    /// @param code what was completed: clients count characters of Unicode
    static JsonObject completion(Completion completion, String code) {
        JsonObject content = ok();
        var matches = new JsonArray();
        completion.matches().forEach(matches::add);
        content.add("matches", matches);
        content.addProperty("cursor_start", code.codePointCount(0, completion.start()));
        content.addProperty("cursor_end", code.codePointCount(0, completion.end()));
        content.add("metadata", new JsonObject());
        return content;
    }

    /// @param text empty if nothing was found
    static JsonObject inspection(String text) {
        var data = new JsonObject();
        if (!text.isEmpty()) data.addProperty("text/plain", text);
        JsonObject content = ok();
        content.addProperty("found", !text.isEmpty());
        content.add("data", data);
        content.add("metadata", new JsonObject());
        return content;
    }

    /// @param open the open comms by id
    static JsonObject comms(JsonObject open) {
        JsonObject content = ok();
        content.add("comms", open);
        return content;
    }

    static JsonObject shutdown(boolean restart) {
        JsonObject content = ok();
        content.addProperty("restart", restart);
        return content;
    }
}
