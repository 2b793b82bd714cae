package stillpoint.picture;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// The colours of all pictures, by what they are for, each for light and for dark paper.
///
/// Text inks have a contrast of at least 4.5 to 1 against [#PAPER] and [#PANEL] in both, so do the
/// series, whose labels have their colour. The series differ for who sees no red, no green or no
/// blue, the first four clearly. A picture names them as `var(--sp-ink,#1f2124)`: where no style
/// sheet defines them it is a light picture. The names and values are those of the page's style
/// sheet.
public enum Ink {
    /// The ground.
    PAPER("paper", "#fdfcfa", "#16181b"),
    /// A quiet surface on it.
    PANEL("panel", "#f4f2ed", "#1e2125"),
    /// Grid and hairlines.
    LINE("line", "#dcd8d0", "#353a40"),
    /// Secondary text.
    INK2("ink2", "#5b5f66", "#a3a8af"),
    /// Text.
    INK("ink", "#1f2124", "#e4e2dd"),
    /// What the eye shall follow.
    ACCENT("accent", "#0b5aa8", "#7fb6f5"),
    /// What holds, and new values.
    OK("ok", "#1b6b3a", "#74ce94"),
    /// What breaks.
    BAD("bad", "#b3231c", "#ff9087"),
    /// What is undecided.
    WARN("warn", "#855500", "#e2b353"),
    S1("s1", "#2b508a", "#76a2ea"),
    S2("s2", "#753200", "#f99e4e"),
    S3("s3", "#51791f", "#81dfa8"),
    S4("s4", "#853bc6", "#cabdff"),
    S5("s5", "#006b75", "#5bcbcd"),
    S6("s6", "#ad2866", "#d488ad"),
    S7("s7", "#57611d", "#d8d066"),
    S8("s8", "#664b43", "#c6ae9f");

    private static final List<Ink> SERIES = List.of(S1, S2, S3, S4, S5, S6, S7, S8);

    private final String name;
    private final String light;
    private final String dark;

    Ink(String name, String light, String dark) {
        this.name = name;
        this.light = light;
        this.dark = dark;
    }

    /// The custom property, `--sp-ink`.
    public String variable() {
        return "--sp-" + name;
    }

    /// `#rrggbb` on light paper.
    public String light() {
        return light;
    }

    /// `#rrggbb` on dark paper.
    public String dark() {
        return dark;
    }

    /// How a picture names it: `var(--sp-ink,#1f2124)`.
    public String paint() {
        return "var(" + variable() + "," + light + ")";
    }

    /// The ink of the n-th series, from 0; the ninth is the first again.
    public static Ink series(int n) {
        return SERIES.get(Math.floorMod(n, SERIES.size()));
    }

    /// Those that a piece of markup names.
    static Collection<Ink> in(String markup) {
        var used = new TreeSet<Ink>();
        for (Ink ink : values()) if (markup.contains(ink.variable() + ",")) used.add(ink);
        return used;
    }

    /// The declarations of a style sheet for light paper, `--sp-paper:#fdfcfa;...`, without braces.
    static String lightDeclarations(Collection<Ink> inks) {
        var out = new StringBuilder();
        for (Ink ink : inks) out.append(ink.variable()).append(':').append(ink.light).append(';');
        return out.toString();
    }

    /// The declarations of a style sheet for dark paper.
    static String darkDeclarations(Collection<Ink> inks) {
        var out = new StringBuilder();
        for (Ink ink : inks) out.append(ink.variable()).append(':').append(ink.dark).append(';');
        return out.toString();
    }
}
