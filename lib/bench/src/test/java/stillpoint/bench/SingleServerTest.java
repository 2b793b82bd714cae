package stillpoint.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One queue and one server, against what is known of them.
class SingleServerTest {
    private static final int BATCHES = 50;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.8, 0.9})
    void asManyCustomersAreThereAsTheTheorySays(double rho) {
        SingleServer model = warm(rho);
        double[] batches = new double[BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            model.countAnew();
            model.run(200_000);
            batches[batch] = model.customers();
        }
        double mean = DoubleStream.of(batches).average().orElseThrow();
        double squares = DoubleStream.of(batches).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (BATCHES - 1) / BATCHES);
        assertThat(mean).isCloseTo(rho / (1 - rho), within(3 * error));
        assertThat(error).isLessThan(0.02 * mean);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.8, 0.9})
    void theServerIsBusyForItsShare(double rho) {
        SingleServer model = warm(rho);
        model.countAnew();
        model.run(5_000_000);
        assertThat(model.busy()).isCloseTo(rho, within(0.003));
    }

    private static SingleServer warm(double rho) {
        SingleServer model = new SingleServer(rho, 20190213);
        model.run(100_000);
        return model;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 2, Double.NaN})
    void aQueueWithoutASteadyStateIsRefused(double rho) {
        assertThatThrownBy(() -> new SingleServer(rho, 1)).hasMessageContaining("rho = " + rho);
    }
}
