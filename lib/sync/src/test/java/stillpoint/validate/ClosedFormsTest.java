package stillpoint.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.random.Exponential;
import stillpoint.random.Fixed;

/// The integrals agree with formulas for cases that have one.
class ClosedFormsTest {
    private static final double RHO = 0.1;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 128, 1024, 8192})
    void theLongestOfExponentialResidualsIsASumOverCpus(int n) {
        double sum = 0;
        for (int k = 1; k <= n; k++) sum += (1 - Math.pow(1 - RHO, k)) / k;
        assertThat(ClosedForms.meanLongest(new Exponential(2000), RHO, n))
                .isCloseTo(2000 * sum, withinPercentage(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 128, 1024, 8192})
    void theLongestOfFixedSectionsComesNearOne(int n) {
        double known = 1 - (1 - Math.pow(1 - RHO, n + 1)) / (RHO * (n + 1));
        assertThat(ClosedForms.meanLongest(new Fixed(2000), RHO, n))
                .isCloseTo(2000 * known, withinPercentage(1e-6));
    }

    @Test
    void aQuantileIsWhereTheDistributionSaysSo() {
        var section = new Exponential(2000);
        double x = ClosedForms.quantileLongest(section, RHO, 15, 0.99);
        assertThat(ClosedForms.longest(section, RHO, 15, x)).isCloseTo(0.01, offset(1e-9));
    }

    @Test
    void withoutTimeBetweenThemStaggeredStoppersComeTogether() {
        var section = new Exponential(2000);
        assertThat(ClosedForms.meanStaggered(section, RHO, 16, 0))
                .isCloseTo(ClosedForms.meanLongest(section, RHO, 15), withinPercentage(1e-6));
    }

    @Test
    void aRareReaderLeavesTheLoopThatWakes() {
        assertThat(ClosedForms.meanStaggered(new Exponential(2000), 1e-9, 128, 400))
                .isCloseTo(128 * 400, withinPercentage(1e-3));
    }

    @Test
    void oneTaskNeverWaitsForItselfButSomebodyElseDoes() {
        assertThat(ClosedForms.free(1, 1000, 3000)).isCloseTo(0.75, offset(1e-12));
        assertThat(ClosedForms.meanAtLock(1, 1000, 3000)).isCloseTo(0.25, offset(1e-12));
    }

    @Test
    void manyTasksThatComeRarelyAreAnOpenQueue() {
        assertThat(ClosedForms.meanAtLock(100_000, 1, 200_000)).isCloseTo(1, withinPercentage(0.1));
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "16, 16", "17, 19", "1024, 1088", "8192, 8712"})
    void locksAreThoseOfCpusLeavesAndMiddles(int cpus, long locks) {
        assertThat(ClosedForms.locksOfReports(cpus)).isEqualTo(locks);
    }
}
