package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;

/// Lines no wider than a column: broken at blanks, else beside an operator, and inside an
/// identifier only when it alone is wider than the column.
final class Wrap {
    private Wrap() {}

    /// The lines of `text`; every line but the first starts with `hang`.
    static List<String> lines(String text, int width, String hang) {
        var lines = new ArrayList<String>();
        String rest = text.strip();
        String lead = "";
        while (lead.length() + rest.length() > width) {
            int room = Math.max(1, width - lead.length());
            int cut = cut(rest, room);
            lines.add(lead + rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
            lead = hang.length() < width / 2 ? hang : "";
        }
        if (!rest.isEmpty() || lines.isEmpty()) lines.add(lead + rest);
        return lines;
    }

    private static int cut(String text, int room) {
        for (int at = room; at > room / 2; at--) if (text.charAt(at) == ' ') return at;
        for (int at = room; at > room / 3; at--) if (beside(text, at)) return at;
        for (int at = room; at > 0; at--) if (text.charAt(at) == ' ' || beside(text, at)) return at;
        return room;
    }

    private static boolean beside(String text, int at) {
        char before = text.charAt(at - 1);
        char after = text.charAt(at);
        if (after == '-' || after == '.') return at + 1 < text.length() && before != '-';
        return before == ',' || before == '(' || before == '|' || before == '&' || before == '/';
    }
}
