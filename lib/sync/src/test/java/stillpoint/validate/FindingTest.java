package stillpoint.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A check is able to fail, in each of its ways.
class FindingTest {
    private static final Holds DIFFERS = new Holds.Differs("it assumes something");

    static Finding finding(double theory, double low, double high, Holds holds) {
        return new Finding(
                Family.LOCK,
                2,
                "mean",
                "none",
                "f",
                Expectation.Unit.NS,
                theory,
                (low + high) / 2,
                low,
                high,
                10,
                holds);
    }

    private static Finding.Outcome outcome(double theory, Holds holds) {
        return finding(theory, 99, 101, holds).outcome();
    }

    @Test
    void aFormulaHoldsIfTheIntervalHoldsIt() {
        assertThat(outcome(101, Holds.IN_INTERVAL)).isEqualTo(Finding.Outcome.HOLDS);
        assertThat(outcome(101.1, Holds.IN_INTERVAL)).isEqualTo(Finding.Outcome.FAILS);
    }

    @Test
    void aRoughFormulaHoldsWithinItsTolerance() {
        assertThat(outcome(102, new Holds.Within(2))).isEqualTo(Finding.Outcome.HOLDS);
        assertThat(outcome(103, new Holds.Within(2))).isEqualTo(Finding.Outcome.FAILS);
    }

    @Test
    void aReasonWhyAFormulaIsOffFailsWhereItIsNot() {
        assertThat(outcome(110, DIFFERS)).isEqualTo(Finding.Outcome.DIFFERS);
        assertThat(outcome(100, DIFFERS)).isEqualTo(Finding.Outcome.FAILS);
    }

    @Test
    void aMeasurementIsNeverJudged() {
        assertThat(outcome(1e9, new Holds.Compared("elsewhere")))
                .isEqualTo(Finding.Outcome.COMPARED);
    }

    @Test
    void theErrorIsInPerCentOfWhatIsKnown() {
        assertThat(finding(50, 99, 101, Holds.IN_INTERVAL).errorPercent()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 101, Double.NaN})
    void aToleranceIsAPartOfTheWhole(double percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Holds.Within(percent))
                .withMessageContaining("at most 100");
    }
}
