package stillpoint.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Exponential numbers.
class ZigguratTest {
    private static final int MANY = 10_000_000;

    private static Stream stream() {
        return Stream.of(20190213, "ziggurat", 0, 0);
    }

    @Test
    void theHighestLayerEndsAtThePeak() {
        double right = Ziggurat.TAIL;
        for (int layer = 2; layer < Ziggurat.LAYERS; layer++) right = Ziggurat.right(right);
        double top = Ziggurat.AREA / right + Math.exp(-right);
        assertThat(top).isCloseTo(1, within(1e-14));
    }

    /// Where one exponential number in 1000 lies each: half of the layers are finer than this, and
    /// a wrong wedge or tail is seen.
    @Test
    void aThousandCellsAreFilledEvenly() {
        int[] counts = new int[1000];
        Stream stream = stream();
        for (int i = 0; i < MANY; i++)
            counts[(int) (1000 * Math.exp(-stream.nextExponential()) * (1 - 1e-16))]++;
        Fit.even(counts);
    }

    @Test
    void aMillionNumbersFitTheirSurvival() {
        Stream stream = stream();
        long[] draws = new long[1_000_000];
        for (int i = 0; i < draws.length; i++)
            draws[i] = Math.round(1e9 * stream.nextExponential());
        Fit.fits(draws, x -> x < 0 ? 1 : Math.exp(-x / 1e9));
    }

    @Test
    void theFirstFourMomentsAreThose() {
        double[] sums = new double[5];
        Stream stream = stream();
        for (int i = 0; i < MANY; i++) {
            double x = stream.nextExponential();
            double power = 1;
            for (int k = 1; k <= 4; k++) sums[k] += power *= x;
        }
        double factorial = 1;
        double[] spread = {1, 1, Math.sqrt(20), Math.sqrt(684), Math.sqrt(39744)};
        for (int k = 1; k <= 4; k++) {
            factorial *= k;
            assertThat(sums[k] / MANY)
                    .isCloseTo(factorial, within(4 * spread[k] / Math.sqrt(MANY)));
        }
    }

    @Test
    void theTailIsAsLongAsItShouldBe() {
        int[] beyond = new int[3];
        Stream stream = stream();
        for (int i = 0; i < MANY; i++) {
            double x = stream.nextExponential();
            assertThat(x >= 0).isTrue();
            if (x > Ziggurat.TAIL) beyond[0]++;
            if (x > Ziggurat.TAIL + 1) beyond[1]++;
            if (x > Ziggurat.TAIL * 1.5) beyond[2]++;
        }
        near(beyond[0], MANY * Math.exp(-Ziggurat.TAIL));
        near(beyond[1], MANY * Math.exp(-Ziggurat.TAIL - 1));
        near(beyond[2], MANY * Math.exp(-Ziggurat.TAIL * 1.5));
    }

    private static void near(int hits, double expected) {
        assertThat((double) hits).isCloseTo(expected, within(4 * Math.sqrt(expected)));
    }
}
