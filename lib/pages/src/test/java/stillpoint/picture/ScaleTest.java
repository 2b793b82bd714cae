package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Axes and the numbers on them.
class ScaleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "1 | 1",
                "-2.5 | -2.5",
                "1234.5678 | 1,235",
                "12.3456 | 12.35",
                "0.001 | 0.001",
                "0.00095 | 9.5\u00d710\u207b\u2074",
                "1709954.9 | 1,709,955",
                "1e7 | 10\u2077",
                "2.5e12 | 2.5\u00d710\u00b9\u00b2",
                "-1e-9 | -10\u207b\u2079",
                "NaN | -",
                "Infinity | \u221e",
                "100 | 100",
                "0.5 | 0.5"
            })
    void aNumberHasTheFiguresThatCount(double value, String words) {
        assertThat(Figures.of(value)).isEqualTo(words);
    }

    @Test
    void powersOfTwoStandAStepApart() {
        Scale scale = Scale.of(true, 2, 8192);
        assertThat(scale).isEqualTo(new Scale(Scale.Kind.OCTAVES, 1, 13));
        assertThat(scale.place(2)).isZero();
        assertThat(scale.label(scale.place(8192))).isEqualTo("8192");
    }

    @Test
    void otherPositiveNumbersStandBetweenPowersOfTen() {
        Scale scale = Scale.of(true, 0.02, 30, 400);
        assertThat(scale).isEqualTo(new Scale(Scale.Kind.DECADES, -2, 3));
        assertThat(scale.label(0)).isEqualTo("0.01");
        assertThat(scale.label(5)).isEqualTo("1,000");
        assertThat(scale.label(2.5)).isBlank();
    }

    @Test
    void aSingleValueHasAStepOfRoom() {
        assertThat(Scale.of(true, 10).steps()).isEqualTo(1);
    }

    @Test
    void aLinearAxisIsItsValues() {
        assertThat(Scale.of(false, 5, 6).place(5.5)).isEqualTo(5.5);
        assertThat(Scale.LINEAR.label(5.5)).isEqualTo("5.5");
    }
}
