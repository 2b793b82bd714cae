package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The palette is legible on both papers.
class InkTest {
    private static final Set<Ink> GROUNDS = EnumSet.of(Ink.PAPER, Ink.PANEL, Ink.LINE);

    @ParameterizedTest
    @EnumSource
    void everyInkIsLegibleOnEveryGroundOfBothPapers(Ink ink) {
        if (GROUNDS.contains(ink)) return;
        for (Ink ground : List.of(Ink.PAPER, Ink.PANEL)) {
            assertThat(contrast(ink.light(), ground.light()))
                    .as("light")
                    .isGreaterThanOrEqualTo(4.5);
            assertThat(contrast(ink.dark(), ground.dark())).as("dark").isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void seriesDifferForWhoSeesNoRedNoGreenOrNoBlue(Sight sight) {
        for (int t = 1; t < 8; t++)
            for (int s = 0; s < t; s++) {
                double apart = t < 4 ? 0.09 : 0.055;
                assertThat(sight.distance(Ink.series(s).light(), Ink.series(t).light()))
                        .as(s + " and " + t + ", light")
                        .isGreaterThan(apart);
                assertThat(sight.distance(Ink.series(s).dark(), Ink.series(t).dark()))
                        .as(s + " and " + t + ", dark")
                        .isGreaterThan(apart);
            }
    }

    /// Kinds of sight, as linear maps of linear RGB (Machado, Oliveira and Fernandes 2009, severity
    /// 1).
    enum Sight {
        COMMON(1, 0, 0, 0, 1, 0, 0, 0, 1),
        PROTANOPIA(
                0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
                1.051998),
        DEUTERANOPIA(
                0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
                0.968881),
        TRITANOPIA(
                1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
                0.303900);

        private final double[] map;

        Sight(double... map) {
            this.map = map;
        }

        double distance(String a, String b) {
            double[] x = lab(seen(linear(a)));
            double[] y = lab(seen(linear(b)));
            return Math.sqrt(
                    Math.pow(x[0] - y[0], 2) + Math.pow(x[1] - y[1], 2) + Math.pow(x[2] - y[2], 2));
        }

        private double[] seen(double[] rgb) {
            double[] out = new double[3];
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 3; j++) out[i] += map[3 * i + j] * rgb[j];
            for (int i = 0; i < 3; i++) out[i] = Math.clamp(out[i], 0, 1);
            return out;
        }

        /// Oklab (Ottosson 2020), where equal distances look equal.
        private static double[] lab(double[] rgb) {
            double l =
                    Math.cbrt(
                            0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
            double m =
                    Math.cbrt(
                            0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
            double s =
                    Math.cbrt(
                            0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
            return new double[] {
                0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
            };
        }
    }

    /// WCAG's ratio.
    private static double contrast(String a, String b) {
        double x = luminance(a);
        double y = luminance(b);
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    }

    private static double luminance(String colour) {
        double[] rgb = linear(colour);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    private static double[] linear(String colour) {
        float[] rgb = Color.decode(colour).getRGBColorComponents(new float[3]);
        double[] out = new double[3];
        for (int i = 0; i < 3; i++)
            out[i] = rgb[i] <= 0.04045 ? rgb[i] / 12.92 : Math.pow((rgb[i] + 0.055) / 1.055, 2.4);
        return out;
    }
}
