package stillpoint.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stillpoint.kernel.wire.Message;
import stillpoint.kernel.wire.Message.Origin;

/// Publishes what cells show: each under the cell whose thread it is, also when that cell has
/// ended, or under none.
final class Exhibition implements Live.Publisher, Session.Screen {
    private final Outbox outbox;
    private final Keyboard keyboard;
    private final Gallery gallery;

    Exhibition(Outbox outbox, Keyboard keyboard, Gallery gallery) {
        this.outbox = outbox;
        this.keyboard = keyboard;
        this.gallery = gallery;
    }

    @Override
    public void result(CellRun cell, @Nullable Object value) {
        List<Shown> parts = Shown.parts(value, cell.nextId(), gallery);
        for (Shown part : parts.subList(0, parts.size() - 1))
            show(cell, "display_data", content(part.data(), ""));
        JsonObject content = content(parts.getLast().data(), "");
        content.remove("transient");
        content.addProperty("execution_count", cell.number());
        show(cell, "execute_result", content);
    }

    @Override
    public void display(@Nullable Object value, String displayId, boolean again) {
        CellRun cell = CellRun.own();
        if (!displayId.isEmpty())
            show(
                    cell,
                    again ? "update_display_data" : "display_data",
                    content(Shown.of(value, cell.nextId(), gallery).data(), displayId));
        else
            for (Shown part : Shown.parts(value, cell.nextId(), gallery))
                show(cell, "display_data", content(part.data(), ""));
    }

    @Override
    public void clear(boolean beforeNext) {
        var content = new JsonObject();
        content.addProperty("wait", beforeNext);
        show(CellRun.own(), "clear_output", content);
    }

    @Override
    public String ask(String prompt, boolean secret) {
        return keyboard.ask(prompt, secret);
    }

    /// The forms of a value that a client asks for beside a cell.
    JsonObject forms(CellRun cell, @Nullable Object value) {
        JsonObject content = Replies.ok();
        content.add("data", Shown.of(value, cell.nextId(), gallery).data());
        content.add("metadata", new JsonObject());
        return content;
    }

    private static JsonObject content(JsonObject data, String displayId) {
        var hidden = new JsonObject();
        if (!displayId.isEmpty()) hidden.addProperty("display_id", displayId);
        var content = new JsonObject();
        content.add("data", data);
        content.add("metadata", new JsonObject());
        content.add("transient", hidden);
        return content;
    }

    private void show(CellRun cell, String type, JsonObject content) {
        if (cell.silent()) return;
        Origin parent = cell.parent();
        outbox.show(
                Message.publication(parent == null ? Origin.NONE : parent, type, content),
                chars(content));
    }

    private static int chars(JsonObject content) {
        if (!(content.get("data") instanceof JsonObject data)) return 0;
        int chars = 0;
        for (JsonElement each : data.asMap().values())
            if (each.isJsonPrimitive()) chars += each.getAsString().length();
        return chars;
    }
}
