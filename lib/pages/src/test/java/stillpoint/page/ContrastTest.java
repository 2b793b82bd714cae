package stillpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The palette against WCAG 2.2, success criterion 1.4.3: text has a contrast of 4.5 to 1.
class ContrastTest {
    private static final String CSS = HtmlRenderer.render(Sample.page(Sample.text("t", "# T")));

    /// The colours of one scheme: those set after `start`, on top of the light ones.
    private static Map<String, String> palette(String start) {
        var colours = new TreeMap<String, String>();
        String block = CSS.substring(CSS.indexOf(start));
        var each = Pattern.compile("(--sp-\\w+): (#[0-9a-f]{3,6});").matcher(block.substring(0, block.indexOf('}')));
        while (each.find()) colours.put(each.group(1), each.group(2));
        return colours;
    }

    private static double luminance(String hex) {
        String six = hex.length() == 4 ? hex.replaceAll("([0-9a-f])", "$1$1") : hex;
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(six.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static double contrast(String a, String b) {
        double la = luminance(a);
        double lb = luminance(b);
        return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
    }

    private static void readable(Map<String, String> palette) {
        assertThat(palette).hasSizeGreaterThan(15);
        for (String ground : new String[] {"--sp-paper", "--sp-panel"})
            palette.forEach((name, colour) -> {
                if (!name.equals("--sp-paper") && !name.equals("--sp-panel") && !name.equals("--sp-line"))
                    assertThat(contrast(colour, palette.getOrDefault(ground, "")))
                            .as(name + " " + colour + " on " + ground)
                            .isGreaterThanOrEqualTo(4.5);
            });
    }

    @Test
    void theFormulaKnowsItsEnds() {
        assertThat(contrast("#000", "#ffffff")).isEqualTo(21.0);
    }

    @Test
    void everyColourOfTextIsReadableByLight() {
        readable(palette(":root {"));
    }

    @Test
    void everyColourOfTextIsReadableInTheDark() {
        readable(palette("(prefers-color-scheme: dark) {"));
    }

    @Test
    void everyColourOfTextIsReadableOnPaper() {
        readable(palette("@media print {"));
    }
}
