package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Counts;

/// What a search says, as a card: a word with a sign (never a colour alone), what it is about, the
/// finding, and what it was limited to.
///
/// @param sign whether it is good news
/// @param word the finding in a word, for example `safe`
/// @param subject what was searched
/// @param lines the finding in sentences, the most important first
/// @param bounds what the search was limited to
/// @param sizes how large it was
record Card(
        Sign sign,
        String word,
        String subject,
        List<String> lines,
        Bounds bounds,
        List<String> sizes) {
    /// Good, bad, or neither.
    enum Sign {
        GOOD(Ink.OK, "\u2713"),
        BAD(Ink.BAD, "\u2717"),
        OPEN(Ink.WARN, "?"),
        /// A figure, neither good nor bad.
        FIGURE(Ink.ACCENT, "\u223f");

        private final Ink ink;
        private final String mark;

        Sign(Ink ink, String mark) {
            this.ink = ink;
            this.mark = mark;
        }
    }

    Card {
        lines = List.copyOf(lines);
        sizes = List.copyOf(sizes);
    }

    /// As a mail shows it.
    String text() {
        var all = new ArrayList<>(List.of(word + ": " + subject));
        all.addAll(lines);
        all.add("bounds: " + bounds);
        all.addAll(sizes);
        var out = new StringBuilder();
        for (int i = 0; i < all.size(); i++)
            for (String line : Wrap.lines(Ascii.of(all.get(i)), i == 0 ? 75 : 71, "  "))
                out.append(i == 0 ? "" : "    ").append(line).append('\n');
        return out.toString().stripTrailing();
    }

    String html() {
        var out = new StringBuilder(head(sign, word, subject));
        for (String line : lines)
            out.append("<div style=\"margin-top:.3em\">")
                    .append(Markup.escape(line))
                    .append("</div>\n");
        out.append("<div style=\"margin-top:.45em;font-size:.9em;opacity:.85\">").append(within());
        for (String size : sizes) out.append("<br>").append(Markup.escape(size));
        return out.append("</div>\n</div>").toString();
    }

    /// Where a card begins: the sign, the word and the subject. Its `div` is closed by whoever goes
    /// on.
    static String head(Sign sign, String word, String subject) {
        return """
        <div class="sp-verdict" data-verdict="%1$s" data-subject="%2$s" style="border:1px solid %3$s;\
        border-left-width:6px;border-radius:5px;padding:.6em .9em .7em;max-width:48em;line-height:1.5">
        <div><strong style="display:inline-block;background:%3$s;color:%4$s;border-radius:4px;\
        padding:0 .6em;margin-right:.5em"><span aria-hidden="true">%5$s</span> %1$s</strong> \
        <strong>%2$s</strong></div>
        """
                .formatted(
                        word,
                        Markup.escape(subject),
                        sign.ink.paint(),
                        Ink.PAPER.paint(),
                        sign.mark);
    }

    private String within() {
        return "within " + list(bounds);
    }

    /// Names and values, the values in bold.
    static String list(Bounds bounds) {
        return bounds.entries().stream()
                .map(b -> Markup.escape(b.name()) + " = <b>" + Markup.escape(b.value()) + "</b>")
                .collect(Collectors.joining(", "));
    }

    /// With a full stop, unless it ends with one.
    static String sentence(String words) {
        return words.isEmpty() || ".!?".indexOf(words.charAt(words.length() - 1)) >= 0
                ? words
                : words + ".";
    }

    /// How large a search was; the same in every run.
    static String size(Counts counts) {
        return String.format(
                Locale.ROOT,
                "%,d states, %,d transitions, depth %d, %d bits a state",
                counts.states(),
                counts.transitions(),
                counts.depth(),
                counts.bitsPerState());
    }

    /// `{"label":"measured","text":"..."}`.
    static String measured(Counts counts) {
        return "{\"label\":\"measured\",\"text\":\"" + measuredWords(counts) + "\"}";
    }

    static String measuredWords(Counts counts) {
        double rate = counts.seconds() > 0 ? counts.states() / counts.seconds() : 0;
        return String.format(
                Locale.ROOT,
                "search %s s, %,.0f states/s, %.1f bytes a state",
                seconds(counts.seconds()),
                rate,
                counts.bytesPerState());
    }

    private static String seconds(double seconds) {
        return String.format(
                Locale.ROOT, seconds < 0.1 ? "%.4f" : seconds < 10 ? "%.2f" : "%.1f", seconds);
    }
}
