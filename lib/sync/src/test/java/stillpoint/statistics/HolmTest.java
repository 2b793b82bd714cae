package stillpoint.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// Several comparisons at once.
class HolmTest {
    @Test
    void theSmallestIsMultipliedMost() {
        assertThat(adjusted(0.01, 0.04, 0.03, 0.005)).containsExactly(0.03, 0.06, 0.06, 0.02);
    }

    @Test
    void noAdjustedValueIsOverOneOrUnderASmallerOne() {
        assertThat(adjusted(0.5, 0.9, 0.4)).containsExactly(1, 1, 1);
        assertThat(adjusted(0.01, 0.011)).containsExactly(0.02, 0.02);
    }

    @Test
    void oneComparisonStaysAsItIs() {
        assertThat(adjusted(0.03)).containsExactly(0.03);
        assertThat(Holm.adjusted(List.of())).isEmpty();
    }

    @Test
    void theMethodSaysSo() {
        PValue p = new PValue("a test", 7, 0.03, "exact");
        assertThat(Holm.adjusted(List.of(p, p)))
                .first()
                .isEqualTo(new PValue("a test", 7, 0.06, "exact; Holm, one of 2"));
    }

    @Test
    void aPValueIsANumberFrom0To1() {
        for (double p : new double[] {-0.01, 1.01, Double.NaN})
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PValue("a test", 0, p, "exact"))
                    .withMessage(
                            "p = "
                                    + p
                                    + ": a p-value lies in 0 to 1; look at the test that gave it");
    }

    private static double[] adjusted(double... family) {
        List<PValue> raw =
                DoubleStream.of(family).mapToObj(p -> new PValue("", 0, p, "exact")).toList();
        return Holm.adjusted(raw).stream()
                .mapToDouble(PValue::p)
                .map(p -> Math.rint(1e9 * p) / 1e9)
                .toArray();
    }
}
