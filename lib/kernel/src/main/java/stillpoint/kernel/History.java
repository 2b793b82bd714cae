package stillpoint.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/// The cells of this session, for clients that let one leaf through them. Nothing is kept on disk.
final class History {
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(int count, String code) {}

    synchronized void add(int count, String code) {
        entries.add(new Entry(count, code));
    }

    synchronized JsonObject reply(HistoryRequest ask) {
        List<Entry> chosen =
                switch (ask) {
                    case HistoryRequest.Tail tail -> last(entries, tail.getMaxReturnLength());
                    case HistoryRequest.Range range ->
                            entries.stream()
                                    .filter(each -> each.count >= range.getStart())
                                    .filter(each ->
                                            range.getStop() <= 0 || each.count < range.getStop())
                                    .toList();
                    case HistoryRequest.Search search -> {
                        var glob =
                                Pattern.compile(
                                        glob(String.valueOf(search.getPattern())), Pattern.DOTALL);
                        List<Entry> found =
                                entries.stream()
                                        .filter(each -> glob.matcher(each.code).matches())
                                        .toList();
                        yield last(found, search.getMaxReturnLength());
                    }
                    default -> entries;
                };
        var lines = new JsonArray();
        for (Entry each : chosen) {
            var line = new JsonArray();
            line.add(0); // the session that runs
            line.add(each.count);
            if (ask.includeOutput()) {
                var pair = new JsonArray();
                pair.add(each.code);
                pair.add(com.google.gson.JsonNull.INSTANCE);
                line.add(pair);
            } else line.add(each.code);
            lines.add(line);
        }
        JsonObject content = Replies.ok();
        content.add("history", lines);
        return content;
    }

    private static List<Entry> last(List<Entry> all, int most) {
        return most <= 0 ? all : all.subList(Math.max(0, all.size() - most), all.size());
    }

    private static String glob(String pattern) {
        var regex = new StringBuilder();
        for (char c : pattern.toCharArray())
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)));
        return regex.toString();
    }
}
