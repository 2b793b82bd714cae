package stillpoint.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Durations as text.
class NanosTest {
    @ParameterizedTest
    @CsvSource({
        "0ns, 0",
        "400ns, 400",
        "2us, 2000",
        "1.5ms, 1500000",
        "4ms, 4000000",
        "1s, 1000000000",
        "1.000000001s, 1000000001",
        "3600s, 3600000000000",
        "9223372036.854775807s, 9223372036854775807"
    })
    void aDurationIsPrintedAsItIsRead(String text, long ns) {
        assertThat(Nanos.parse(text).ns()).isEqualTo(ns);
        assertThat(new Nanos(ns)).hasToString(text);
    }

    @Test
    void anyDurationIsReadBack() {
        Stream stream = Stream.of(1, "nanos", 0, 0);
        for (int i = 0; i < 2000; i++) {
            Nanos nanos = new Nanos(stream.nextLong() >>> 1 + stream.nextInt(63));
            assertThat(Nanos.parse(nanos.toString())).isEqualTo(nanos);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "us",
                "2 m",
                "2e us",
                "0x2us",
                "NaNus",
                "1e999999999us",
                "2us 3us",
                "--2us"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> Nanos.parse(text))
                .hasMessage(
                        "duration = \""
                                + text
                                + "\": a duration is a number and ns, us, ms or s; try 400ns, 2us or 1.5ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5ns", "1.0001us", "1e10s"})
    void aPartOfANanosecondOrCenturiesAreRefused(String text) {
        assertThatThrownBy(() -> Nanos.parse(text))
                .hasMessageContaining("whole nanoseconds, up to 292 years");
    }

    @Test
    void aNegativeDurationIsRefused() {
        assertThatThrownBy(() -> Nanos.parse("-2us"))
                .hasMessageContaining("ns = -2000: a duration is 0 or more");
    }
}
