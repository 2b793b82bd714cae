package stillpoint.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestRecordingsTest {
    private static final double TICK = 4e6;

    private static Measurements recorded(String name) throws IOException {
        return Measurements.load(Path.of("../../data/measured/guest-" + name + ".csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"icount", "smp2", "smp4", "patched"})
    void whatIsRecordedLoads(String name) throws IOException {
        assertThat(recorded(name).rows()).isNotEmpty();
    }

    @Test
    void whatIsRecordedHasTheShapeThatCiLooksFor() throws IOException {
        assertThat(GuestShape.of(recorded("icount"))).allMatch(GuestShape::holds);
    }

    @Test
    void emulatedCpusAreCalledSo() throws IOException {
        assertThat(recorded("smp4").provenance().environment()).contains("emulated, overcommitted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "mutation"})
    void aStopWithoutAGracePeriodMakesSwapoffShorterThanATick(String design) throws IOException {
        assertThat(swapoff(design)).isLessThan(TICK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"percpu-ref", "rcu", "stop-posted"})
    void aGracePeriodMakesSwapoffThreeTicksLong(String design) throws IOException {
        assertThat(swapoff(design)).isBetween(2.9 * TICK, 3.1 * TICK);
    }

    private static double swapoff(String design) throws IOException {
        return recorded("patched")
                .row("swapoff", design + "; 0 readers", 1)
                .orElseThrow()
                .median()
                .value();
    }
}
