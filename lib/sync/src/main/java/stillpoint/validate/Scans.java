package stillpoint.validate;

import java.util.List;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Quantity;

/// SRCU looks at the counters of every CPU.
final class Scans {
    private static final int HIT_NS = 1;
    private static final int WAY_NS = 100;
    private static final int REPLICATIONS = 5;

    private Scans() {}

    static List<Check> checks() {
        return List.of(2, 16, 128, 1024, 8192).stream().map(Scans::check).toList();
    }

    private static Check check(int cpus) {
        return new Check(
                Family.SCAN,
                cpus,
                cpus + " CPUs, nobody inside",
                cpus <= 128,
                () ->
                        Trial.of(Scenes.sleepable(cpus))
                                .free()
                                .ways(WAY_NS)
                                .price(Quantity.HIT, HIT_NS)
                                .sample(Measure.LATENCY, REPLICATIONS),
                List.of(
                        Expectation.mean(
                                "latency",
                                "(N - 1) c_r + (3 N + 1) hits of the scans, 4 of the index",
                                (cpus - 1.0) * WAY_NS + (3.0 * cpus + 5) * HIT_NS,
                                Holds.IN_INTERVAL)));
    }
}
