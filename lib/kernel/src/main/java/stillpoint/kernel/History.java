package stillpoint.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import stillpoint.kernel.wire.Message;

/// The cells of this session and of earlier ones, for clients that let one leaf through them.
///
/// A session is a file of one line a cell, named by its number; it comes to be with the first cell
/// that is stored. A folder that cannot be written costs the later sessions their past, and nothing
/// else.
final class History {
    /// Sessions that are kept.
    private static final int SESSIONS = 500;

    private final Optional<Path> folder;
    private final List<Entry> entries = new ArrayList<>();
    private Optional<Path> file = Optional.empty();
    private int session = 1;
    private boolean unwritten;

    private record Entry(int session, int count, String code) {}

    /// @param folder where sessions are kept; empty to keep none
    History(Optional<Path> folder) {
        this.folder = folder;
    }

    /// Where a user's sessions are kept: `STILLPOINT_HISTORY` says where, or `off`; else in the
    /// user's folder for state.
    static Optional<Path> folder(Map<String, String> environment, String home) {
        String asked = environment.getOrDefault("STILLPOINT_HISTORY", "");
        if (asked.toLowerCase(Locale.ROOT).equals("off")) return Optional.empty();
        if (!asked.isEmpty()) return Optional.of(Path.of(asked));
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        return Optional.of(
                (state.isEmpty() ? Path.of(home, ".local", "state") : Path.of(state))
                        .resolve("stillpoint")
                        .resolve("history"));
    }

    synchronized void add(int count, String code) {
        if (file.isEmpty() && folder.isPresent() && !unwritten) file = begin(folder.get());
        entries.add(new Entry(session, count, code));
        if (file.isEmpty()) return;
        var line = new JsonObject();
        line.addProperty("n", count);
        line.addProperty("code", code);
        try {
            Files.writeString(file.get(), line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            lost(e);
        }
    }

    private Optional<Path> begin(Path folder) {
        try {
            Files.createDirectories(folder);
            List<Path> earlier = sessions(folder);
            for (int i = 0; i < earlier.size() - SESSIONS; i++)
                Files.deleteIfExists(earlier.get(i));
            session = earlier.isEmpty() ? 1 : number(earlier.getLast()) + 1;
            while (true)
                try {
                    return Optional.of(Files.createFile(path(folder, session)));
                } catch (FileAlreadyExistsException e) {
                    session++; // another kernel began just now
                }
        } catch (IOException e) {
            lost(e);
            return Optional.empty();
        }
    }

    private void lost(IOException e) {
        unwritten = true;
        file = Optional.empty();
        Main.console("cells are not kept for later sessions: " + e);
    }

    private static Path path(Path folder, int session) {
        return folder.resolve(String.format(Locale.ROOT, "%08d.jsonl", session));
    }

    private static int number(Path session) {
        return Integer.parseInt(session.getFileName().toString().substring(0, 8));
    }

    private static List<Path> sessions(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.getFileName().toString().matches("\\d{8}\\.jsonl"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Entry> read(Path session) {
        var entries = new ArrayList<Entry>();
        try {
            for (String line : Files.readAllLines(session, StandardCharsets.UTF_8)) {
                JsonObject cell = com.google.gson.JsonParser.parseString(line).getAsJsonObject();
                entries.add(
                        new Entry(
                                number(session),
                                cell.get("n").getAsInt(),
                                cell.get("code").getAsString()));
            }
        } catch (IOException | JsonParseException | IllegalStateException e) {
            // A line that was cut short, as by a lost machine: what is before it counts.
        }
        return entries;
    }

    /// All cells, oldest first, as far back as `most` of them or to the beginning.
    private List<Entry> all(int most) {
        var newestFirst = new ArrayList<List<Entry>>(List.of(List.copyOf(entries)));
        int found = entries.size();
        List<Path> earlier = earlier();
        for (int i = earlier.size() - 1; i >= 0 && found < most; i--) {
            newestFirst.add(read(earlier.get(i)));
            found += newestFirst.getLast().size();
        }
        return newestFirst.reversed().stream().flatMap(List::stream).toList();
    }

    private List<Path> earlier() {
        try {
            List<Path> all = folder.isPresent() ? sessions(folder.get()) : List.of();
            return all.stream().filter(each -> !file.equals(Optional.of(each))).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Answers a `history_request`.
    synchronized JsonObject reply(Message ask) {
        int most = ask.number("n", 0) > 0 ? ask.number("n", 0) : Integer.MAX_VALUE;
        List<Entry> chosen =
                switch (ask.text("hist_access_type", "tail")) {
                    case "range" ->
                            range(
                                    ask.number("session", 0),
                                    ask.number("start", 0),
                                    ask.number("stop", Integer.MAX_VALUE));
                    case "search" ->
                            last(search(ask.text("pattern", "*"), ask.is("unique", false)), most);
                    default -> last(all(most), most);
                };
        var lines = new JsonArray();
        for (Entry each : chosen) lines.add(line(each, ask.is("output", false)));
        JsonObject content = Replies.ok();
        content.add("history", lines);
        return content;
    }

    /// @param of 0 for this session, -1 for the one before, or a session's number
    private List<Entry> range(int of, int start, int stop) {
        List<Path> earlier = earlier();
        List<Entry> from;
        if (of == 0 || of == session && file.isPresent()) from = entries;
        else if (of < 0)
            from = earlier.size() + of < 0 ? List.of() : read(earlier.get(earlier.size() + of));
        else
            from =
                    earlier.stream()
                            .filter(each -> number(each) == of)
                            .findFirst()
                            .map(History::read)
                            .orElse(List.of());
        return from.stream()
                .filter(each -> each.count >= start && (stop <= 0 || each.count < stop))
                .toList();
    }

    private List<Entry> search(String pattern, boolean unique) {
        var glob = Pattern.compile(glob(pattern), Pattern.DOTALL);
        List<Entry> found =
                all(Integer.MAX_VALUE).stream()
                        .filter(each -> glob.matcher(each.code).matches())
                        .toList();
        if (!unique) return found;
        var seen = new HashSet<String>();
        // The latest of those that are the same.
        return found.reversed().stream().filter(each -> seen.add(each.code)).toList().reversed();
    }

    private static JsonArray line(Entry entry, boolean output) {
        var line = new JsonArray();
        line.add(entry.session);
        line.add(entry.count);
        if (output) {
            var pair = new JsonArray();
            pair.add(entry.code);
            pair.add(JsonNull.INSTANCE); // what a cell showed is kept in notebooks, not here
            line.add(pair);
        } else line.add(entry.code);
        return line;
    }

    private static List<Entry> last(List<Entry> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    private static String glob(String pattern) {
        var regex = new StringBuilder();
        for (char c : pattern.toCharArray())
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)));
        return regex.toString();
    }
}
