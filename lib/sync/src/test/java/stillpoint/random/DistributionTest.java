package stillpoint.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.swap.Golden;

/// Durations: what is drawn, what is left of it at a random time, and what is said about both.
class DistributionTest {
    private static final int MANY = 100_000;

    /// One of each kind, and kinds within kinds.
    private static final String[] ALL = {
        "fixed 2us",
        "exp 2us",
        "exp 20ns",
        "uniform 1us 3us",
        "uniform 0ns 10ns",
        "pareto 2us 2.5",
        "pareto 2us 1.3",
        "lognormal 2us 0.5",
        "lognormal 2us 1.5",
        "0.01 * fixed 1ms or exp 2us",
        "0.2 * pareto 9us 3.5 or uniform 1us 2us",
        "exp 2us + 1e-4 * fixed 4ms",
        "fixed 1us + 0.3 * fixed 2us",
        "exp 2us + 0.1 * fixed 4us + 0.01 * fixed 50us",
        "(0.5 * fixed 0ns or lognormal 3us 0.7) + fixed 100ns",
        "0.1 * (exp 1us + fixed 5us) or (0.5 * exp 2us or exp 3us)"
    };

    private static Stream stream(String purpose) {
        return Stream.of(20190213, purpose, 0, 0);
    }

    private static long[] draws(LongUnaryOperator draw) {
        long[] draws = new long[MANY];
        Arrays.setAll(draws, draw::applyAsLong);
        return draws;
    }

    @Test
    void durationsFitTheirSurvival() {
        for (String text : ALL) {
            Distribution of = Distribution.parse(text);
            Stream stream = stream(text);
            Fit.fits(draws(i -> of.sample(stream)), of::survival);
        }
    }

    @Test
    void whatIsLeftFitsItsSurvival() {
        for (String text : ALL) {
            Distribution of = Distribution.parse(text);
            Stream stream = stream(text + " left");
            Fit.fits(draws(i -> of.residual(stream)), of::equilibriumSurvival);
        }
    }

    /// Durations laid end to end, and a look at random times: what [Distribution#residual] is a
    /// short cut for.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fixed 2us",
                "uniform 1us 3us",
                "lognormal 2us 0.5",
                "0.01 * fixed 100us or exp 2us",
                "exp 2us + 0.01 * fixed 40us"
            })
    void whoLooksAtRandomTimesFindsThatLeft(String text) {
        Distribution of = Distribution.parse(text);
        Stream stream = stream(text + " look");
        long[] ends = draws(i -> of.sample(stream));
        Arrays.parallelPrefix(ends, Long::sum);
        Stream looks = stream("looks");
        long all = ends[MANY - 1];
        long[] left = new long[MANY / 20];
        for (int i = 0; i < left.length; i++) {
            long now = (long) (looks.nextDouble() * all);
            int at = Arrays.binarySearch(ends, now);
            left[i] = ends[at < 0 ? -1 - at : at + 1] - now;
        }
        Fit.fits(left, of::equilibriumSurvival);
    }

    @Test
    void theMeanIsTheAreaUnderTheSurvival() {
        for (String text : ALL) {
            Distribution of = Distribution.parse(text);
            double mean = of.mean();
            assertThat(area(of::survival, 0, mean)).as(text).isCloseTo(mean, within(mean * 2e-4));
        }
    }

    @Test
    void whatIsLeftIsTheAreaBeyond() {
        for (String text : ALL) {
            Distribution of = Distribution.parse(text);
            double mean = of.mean();
            for (double x : new double[] {0, 0.3, 1, 2.7}) {
                double beyond = area(of::survival, x * mean, mean) / mean;
                assertThat(of.equilibriumSurvival(x * mean))
                        .as(text)
                        .isCloseTo(beyond, within(2e-4));
            }
        }
    }

    /// By the middle of parts that grow from a thousandth of the mean.
    private static double area(DoubleUnaryOperator function, double from, double mean) {
        double sum = 0;
        double width = mean / 2000;
        for (double x = from; x < mean * 1e16; x += width, width *= 1.0003) {
            double height = function.applyAsDouble(x + width / 2);
            sum += width * height;
            if ((x + mean) * height < 1e-6 * mean) break;
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "exp 2us",
        "uniform 1us 3us",
        "pareto 2us 4",
        "lognormal 2us 1",
        "exp 2us + 0.1 * fixed 9us"
    })
    void theMeanOfManyDrawsIsTheMean(String text) {
        Distribution of = Distribution.parse(text);
        Stream stream = stream(text + " mean");
        long[] draws = draws(i -> of.sample(stream));
        double mean = Arrays.stream(draws).average().orElseThrow();
        double square = Arrays.stream(draws).mapToDouble(x -> (x - mean) * (x - mean)).sum();
        assertThat(mean).isCloseTo(of.mean(), within(4 * Math.sqrt(square) / MANY));
    }

    /// That the check can fail: a tail index that is a twentieth off, and a residual taken for a
    /// duration.
    @Test
    void aSlightlyOtherDistributionDoesNotFit() {
        Stream stream = stream("other");
        Distribution drawn = Distribution.parse("pareto 2us 2.5");
        long[] draws = draws(i -> drawn.sample(stream));
        assertThat(Fit.distance(draws, Distribution.parse("pareto 2us 2.63")::survival))
                .isGreaterThan(1.95);
        assertThat(Fit.distance(draws, drawn::equilibriumSurvival)).isGreaterThan(50);
    }

    @Test
    void scalingMultipliesEveryDrawButForItsRounding() {
        for (String text : ALL) {
            Distribution of = Distribution.parse(text);
            Distribution scaled = of.scaled(1000);
            Stream stream = stream(text);
            Stream same = stream(text);
            for (int i = 0; i < 200; i++) {
                close(scaled.sample(same), of.sample(stream));
                close(scaled.residual(same), of.residual(stream));
            }
        }
    }

    private static void close(long scaled, long ns) {
        assertThat(scaled).isCloseTo(Math.min(1000 * ns, Distribution.LONGEST_NS), within(501L));
    }

    @Test
    void everyDrawIsAsRecorded() throws IOException {
        Golden.matches(
                "random-durations.txt", Arrays.stream(ALL).map(DistributionTest::some).toList());
    }

    private static String some(String text) {
        Distribution of = Distribution.parse(text);
        Stream stream = stream(text);
        StringBuilder line = new StringBuilder(of + ":");
        for (int i = 0; i < 5; i++) line.append(' ').append(of.sample(stream));
        line.append("; left");
        for (int i = 0; i < 5; i++) line.append(' ').append(of.residual(stream));
        return line.toString();
    }

    @Test
    void whatIsPrintedIsReadBack() {
        for (String text : ALL) {
            Distribution of = Distribution.parse(text);
            assertThat(Distribution.parse(of.toString())).isEqualTo(of);
            assertThat(of.toString()).isEqualTo(text);
        }
    }

    @Test
    void anyMeanIsReadBack() {
        Stream stream = stream("means");
        for (int i = 0; i < 2000; i++) {
            double mean = StrictMath.exp(60 * stream.nextDouble() - 36);
            Exponential of = new Exponential(mean);
            assertThat(Distribution.parse(of.toString())).isEqualTo(of);
        }
    }

    @Test
    void spacesDoNotMatter() {
        assertThat(Distribution.parse(" exp 2 us+1e-4*fixed 4000000ns "))
                .isEqualTo(Distribution.parse("exp 2us + 0.0001 * fixed 4ms"));
    }

    @Test
    void durationsThatAreAlwaysNothingLeaveNothing() {
        Distribution nothing = Distribution.parse("(0.5 * fixed 0ns or fixed 0ns) + 0 * fixed 1s");
        assertThat(nothing.residual(stream("nothing"))).isZero();
        assertThat(nothing.equilibriumSurvival(0)).isZero();
        assertThat(nothing.survival(0)).isZero();
    }

    /// Bytes that a thread allocates for a hundred thousand draws of each kind, compiled or not.
    @Test
    void noDrawAllocates() {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String text : ALL) {
            Distribution of = Distribution.parse(text);
            Stream stream = stream(text);
            drawn(of, stream, 100);
            long before = thread.getCurrentThreadAllocatedBytes();
            drawn(of, stream, MANY);
            long bytes = thread.getCurrentThreadAllocatedBytes() - before;
            assertThat(bytes).as(text).isLessThan(1000);
        }
    }

    private static long drawn(Distribution of, Stream stream, int draws) {
        long sum = 0;
        for (int i = 0; i < draws; i++)
            sum += of.sample(stream) + of.residual(stream) + stream.nextInt(1 + i);
        return sum;
    }

    @Test
    void noDrawIsLongerThanASimulationCanWait() {
        HeavyTail heavy = new HeavyTail(Distribution.LONGEST_MEAN_NS, 1.001);
        Stream stream = stream("heavy");
        long longest = Arrays.stream(draws(i -> heavy.residual(stream))).max().orElseThrow();
        assertThat(longest).isEqualTo(Distribution.LONGEST_NS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                         | at its end, expected fixed 2us, exp 2us",
                "fixed                      | at its end, expected a duration such as 2us",
                "fixed -2us                 | ns = -2000: a duration is 0 or more",
                "fixed 0.5ns                | a duration is whole nanoseconds",
                "fixed 61s                  | fixed = 61000000000 ns: a duration is from 0 to a minute",
                "fixed 1e30s                | duration = \"1e30s\"",
                "exp 0us                    | mean = 0.0 ns: a mean is over 0 and at most a minute",
                "exp -1us                   | mean = -1000.0 ns",
                "exp NaN                    | duration = \"NaN\": a duration is a number and ns, us, ms or s",
                "exp 2                      | duration = \"2\"",
                "exp 1e300s                 | mean = Infinity ns",
                "exp 2us 3                  | at \"3\", expected + or its end",
                "exp 2us + exp 3us          | at \"exp\", expected \"fixed\"",
                "0.1 * exp 2us              | at its end, expected \"or\"",
                "1.5 * exp 2us or exp 3us   | probability = 1.5: a probability is from 0 to 1",
                "exp 2us + -1 * fixed 1us   | probability = -1.0",
                "pareto 2us 1               | index = 1.0: a tail has a mean if its index is over 1",
                "pareto 2us x               | at \"x\", expected a number",
                "lognormal 2us 0            | sigma = 0.0",
                "uniform 3us 1us            | uniform from 3us to 1us: the second is the longer one",
                "(exp 2us                   | at its end, expected \")\"",
                "zipf 2us                   | at \"zipf\", expected fixed 2us"
            })
    void aTextThatIsNoDistributionIsRefused(String text, String why) {
        assertThatThrownBy(() -> Distribution.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("distribution = \"" + text + "\": ")
                .hasMessageContaining(why);
    }

    @Test
    void tooManyParenthesesAreRefused() {
        String deep = "(".repeat(10_000) + "exp 2us" + ")".repeat(10_000);
        assertThatThrownBy(() -> Distribution.parse(deep)).hasMessageContaining("at most 32");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300, 1e-300})
    void aFactorThatLeavesTheBoundsIsRefused(double factor) {
        for (String text : ALL)
            if (factor != 1e-300 || text.contains("fixed"))
                assertThatThrownBy(() -> Distribution.parse(text).scaled(factor))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching("(factor|mean) = .*");
    }
}
