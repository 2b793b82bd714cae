package stillpoint.validate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import stillpoint.random.Distribution;
import stillpoint.random.Fixed;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Kernel;
import stillpoint.simulate.Load;
import stillpoint.simulate.Measure;
import stillpoint.simulate.Pause;
import stillpoint.simulate.Quantity;
import stillpoint.simulate.Scene;
import stillpoint.simulate.Setup;
import stillpoint.simulate.Simulator;
import stillpoint.simulate.Spinning;
import stillpoint.statistics.Key;
import stillpoint.statistics.Paired;
import stillpoint.statistics.Sample;

/// A scene and what it runs on; gives samples.
///
/// @param scene what runs
/// @param setup on what
record Trial(Scene scene, Setup setup) {
    /// The seed of every sample, unless a check needs several.
    static final long SEED = 20190213;

    private static final Hardware XEON = Hardware.named("xeon-8176");

    /// A scene on the eight-socket Xeon, whose readers do nothing that takes time.
    static Trial of(Scene scene) {
        Load load =
                new Load(
                        1,
                        new Fixed(0),
                        0,
                        0,
                        Map.of(Scenes.SECTION, new Pause.Busy(new Fixed(100))),
                        Set.of());
        return new Trial(
                scene,
                new Setup(XEON, Kernel.DEFAULT, load, Spinning.TOGETHER, Setup.ReaderMode.LAZY));
    }

    /// The same where nothing costs anything.
    Trial free() {
        Hardware free = setup.hardware();
        for (Quantity q : Quantity.values()) free = free.with(q, 0);
        return with(setup.hardware(free));
    }

    /// The same with another price.
    Trial price(Quantity quantity, double ns) {
        return with(setup.hardware(setup.hardware().with(quantity, ns)));
    }

    /// The same where a line takes so long from any CPU to any other.
    Trial ways(double ns) {
        return price(Quantity.FROM_SIBLING, ns)
                .price(Quantity.FROM_SOCKET, ns)
                .price(Quantity.FROM_NEIGHBOUR, ns)
                .price(Quantity.FROM_AFAR, ns);
    }

    /// The same with other readers: in a section for the part `rho` of their time.
    Trial readers(Distribution section, double rho) {
        return faults(rho * 1e9 / section.mean()).pause(Scenes.SECTION, new Pause.Busy(section));
    }

    Trial faults(double perSecond) {
        return with(setup.load(setup.load().faults(perSecond)));
    }

    /// The same with this part of the CPUs idle.
    Trial idle(double part) {
        return with(setup.load(setup.load().idle(part)));
    }

    Trial pause(String label, Pause pause) {
        var pauses = new HashMap<>(setup.load().pauses());
        pauses.put(label, pause);
        return with(setup.load(setup.load().pauses(pauses)));
    }

    Trial with(Setup other) {
        return new Trial(scene, other);
    }

    /// The same with all readers simulated.
    Trial full() {
        return with(setup.readers(Setup.ReaderMode.FULL));
    }

    /// So many values of a measure.
    Sample sample(Measure measure, int n) {
        return sample(measure, n, SEED);
    }

    Sample sample(Measure measure, int n, long seed) {
        return sample(new Simulator(scene, setup), measure, n, seed);
    }

    static Sample sample(Simulator simulator, Measure measure, int n, long seed) {
        long[] values = new long[n];
        for (int r = 0; r < n; r++) values[r] = measure.of(simulator.run(seed, r));
        return Sample.of(new Key("validation", seed), values);
    }

    /// What one trial has more than another, replication by replication: both see the same readers.
    static Sample differences(Trial one, Trial other, Measure measure, int n) {
        Sample more = one.sample(measure, n);
        return Paired.of(more, other.sample(measure, n)).differences();
    }
}
