package stillpoint.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whole numbers from one to another: `1..8`, `100..1000+100`, `1..8192*2`.
final class Range {
    private static final Pattern TEXT =
            Pattern.compile("(-?\\d+)\\.\\.(-?\\d+)(?:([*+])(-?\\d+))?");
    private static final int MOST = 10_000;

    private Range() {}

    /// What a text stands for: the numbers of a range, or itself.
    ///
    /// @throws IllegalArgumentException if a range has no end, no first number, or too many
    static List<String> expand(String name, String text) {
        Matcher range = TEXT.matcher(text.strip());
        if (!range.matches()) return List.of(text.strip());
        long first = Parameter.whole(name, range.group(1));
        long last = Parameter.whole(name, range.group(2));
        boolean times = "*".equals(range.group(3));
        long step = range.group(4) == null ? 1 : Parameter.whole(name, range.group(4));
        if (first > last || step < (times ? 2 : 1) || times && first < 1)
            throw wrong(name, text, "goes up: 1..8, 1..9+2 or 1..8192*2");
        var numbers = new ArrayList<String>();
        for (long n = first; n <= last; n = times ? n * step : n + step) {
            if (numbers.size() == MOST)
                throw wrong(name, text, "has at most " + MOST + " numbers; take larger steps");
            numbers.add(Long.toString(n));
        }
        return numbers;
    }

    private static IllegalArgumentException wrong(String name, String text, String rule) {
        return new IllegalArgumentException(name + " = " + text + ": a range " + rule);
    }
}
