package stillpoint.picture;

import java.awt.Color;
import java.util.Locale;
import java.util.Optional;

/// A colour of a drawing: its plain value, the ink of ours that it is, and how much it covers.
///
/// A grey that is nobody's choice but a library's default (white ground, black text, grey grid)
/// becomes the ink of that lightness, so that a chart which was never told of dark paper is legible
/// on it. Colours that somebody chose stay.
record Tint(String plain, Optional<Ink> ink, double opacity) {
    static Tint of(Color color) {
        String plain =
                String.format(Locale.ROOT, "#%02x%02x%02x", color.getRed(), color.getGreen(), color.getBlue());
        for (Ink ink : Ink.values()) if (ink.light().equals(plain)) return new Tint(ink, color);
        if (spread(color) <= 6) return new Tint(grey(color.getGreen()), color);
        return new Tint(plain, Optional.empty(), color.getAlpha() / 255.0);
    }

    private Tint(Ink ink, Color color) {
        this(ink.light(), Optional.of(ink), color.getAlpha() / 255.0);
    }

    /// The colour of an ink on light paper, for a library that knows nothing but colours.
    static Color color(Ink ink) {
        return Color.decode(ink.light());
    }

    boolean visible() {
        return opacity > 0.002;
    }

    boolean opaque() {
        return opacity > 0.998;
    }

    /// How markup names it.
    String paint() {
        return ink.map(Ink::paint).orElse(plain);
    }

    private static int spread(Color color) {
        int most = Math.max(color.getRed(), Math.max(color.getGreen(), color.getBlue()));
        int least = Math.min(color.getRed(), Math.min(color.getGreen(), color.getBlue()));
        return most - least;
    }

    private static Ink grey(int light) {
        if (light < 90) return Ink.INK;
        if (light < 165) return Ink.INK2;
        return light < 236 ? Ink.LINE : Ink.PAPER;
    }
}
