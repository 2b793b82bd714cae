package stillpoint.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The normal distribution.
class NormalTest {
    /// Values of a table (Abramowitz and Stegun, 26.1 and 26.2), and both sides of where the method
    /// changes.
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.158655253931457",
        "-1, 0.841344746068543",
        "2, 0.0227501319481792",
        "3, 0.00134989803163009",
        "5, 2.86651571879194e-7",
        "10, 7.61985302416053e-24",
        "-10, 1"
    })
    void theTableIsMet(double z, double survival) {
        assertThat(Normal.survival(z)).isCloseTo(survival, within(survival * 1e-13));
    }

    @Test
    void theMethodsMeetWhereTheyChange() {
        double below = Normal.survival(3);
        double above = Normal.survival(Math.nextUp(3.0));
        assertThat(above).isCloseTo(below, within(below * 1e-12));
    }

    @Test
    void gaussianNumbersFit() {
        Stream stream = Stream.of(20190213, "gaussian", 0, 0);
        long[] draws = new long[1_000_000];
        for (int i = 0; i < draws.length; i++) draws[i] = Math.round(1e6 * stream.nextGaussian());
        Fit.fits(draws, x -> Normal.survival(x / 1e6));
    }
}
