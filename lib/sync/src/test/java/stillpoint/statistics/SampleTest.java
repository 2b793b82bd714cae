package stillpoint.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What a sample says of itself.
class SampleTest {
    private static final Key KEY = Draws.key(1);
    private static final Sample SMALL = Sample.of(KEY, 4, 2, 9, 2, 8);

    @Test
    void valuesKeepReplicationOrderAndRanksAscend() {
        assertThat(SMALL.at(2)).isEqualTo(9);
        assertThat(SMALL.ordered(1)).isEqualTo(2);
        assertThat(SMALL.ordered(5)).isEqualTo(9);
        assertThat(SMALL).hasToString("5 values of draws of a test, seed 1");
    }

    @Test
    void momentsAreThoseOfTheDefinition() {
        assertThat(SMALL.mean()).isEqualTo(5.0);
        assertThat(SMALL.standardDeviation()).isEqualTo(Math.sqrt((1 + 9 + 16 + 9 + 9) / 4.0));
        assertThat(SMALL.min()).isEqualTo(2);
        assertThat(SMALL.max()).isEqualTo(9);
    }

    @Test
    void aQuantileIsTheFirstValueThatEnoughAreNotOver() {
        Sample hundred = Sample.of(KEY, LongStream.rangeClosed(1, 100).toArray());
        for (int percent = 1; percent < 100; percent++)
            assertThat(hundred.quantile(percent / 100.0)).as("p%d", percent).isEqualTo(percent);
        assertThat(hundred.quantile(0.071)).isEqualTo(8);
        assertThat(hundred.quantile(0.999)).isEqualTo(100);
    }

    @Test
    void theMedianIsInTheMiddle() {
        assertThat(SMALL.median()).isEqualTo(4.0);
        assertThat(Sample.of(KEY, 1, 2, 4, 9).median()).isEqualTo(3.0);
        assertThat(Sample.of(KEY, -3, -2).median()).isEqualTo(-2.5);
    }

    @Test
    void aSumThatNoLongHoldsHasAMeanAllTheSame() {
        var values = new Values();
        for (int i = 0; i < 2048; i++) values.add(Values.LARGEST).add(-1);
        assertThat(values.sample(KEY).mean()).isEqualTo((Values.LARGEST - 1) / 2.0);
    }

    @Test
    void theOrderOfValuesChangesNoBit() {
        Sample sample = Draws.sample(3, 1000, Draws::exponential);
        var backwards = new Values();
        for (int i = sample.size() - 1; i >= 0; i--) backwards.add(sample.at(i));
        Sample turned = backwards.sample(sample.key());
        assertThat(turned.mean()).isEqualTo(sample.mean());
        assertThat(turned.standardDeviation()).isEqualTo(sample.standardDeviation());
        assertThat(turned).isNotEqualTo(sample);
    }

    @Test
    void whatIsCollectedAfterwardsDoesNotReachASample() {
        var values = new Values().add(5);
        Sample before = values.sample(KEY);
        values.add(7);
        assertThat(before).isEqualTo(Sample.of(KEY, 5)).hasSameHashCodeAs(Sample.of(KEY, 5));
        assertThat(values.size()).isEqualTo(2);
    }

    @Test
    void anArrayThatChangesLaterDoesNotReachASample() {
        long[] values = {1, 2, 3};
        Sample sample = Sample.of(KEY, values);
        values[0] = 100;
        assertThat(sample.at(0)).isEqualTo(1);
    }

    @Test
    void nothingIsNoSample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.of(KEY))
                .withMessage("0 values: a sample has at least one; record some first");
    }

    @Test
    void aValueThatNoDoubleHoldsIsRefused() {
        for (long value : new long[] {Values.LARGEST + 1, -Values.LARGEST - 1})
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sample.of(KEY, value))
                    .withMessageStartingWith(value + ": a value lies within 2^53");
    }

    @Test
    void oneValueHasNoDeviation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.of(KEY, 1).standardDeviation())
                .withMessageContaining("a standard deviation takes 2; run more");
    }

    @Test
    void aRankThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SMALL.ordered(6))
                .withMessage("rank = 6: this sample has ranks 1 to 5");
    }

    @Test
    void aQuantileOfNoPartIsRefused() {
        for (double p : new double[] {0, 1, -0.1, 99, Double.NaN})
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SMALL.quantile(p))
                    .withMessage("p = " + p + ": a quantile's p lies between 0 and 1; try 0.99");
    }

    @Test
    void aKeyNamesItsSource() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Key(" ", 1))
                .withMessageContaining("say where the numbers come from");
    }
}
