/// From measured figures to the simulator's prices, as far as they reach.
///
/// Takes [stillpoint.measure.Measurements] and a machine of [stillpoint.simulate]; gives a
/// [CalibratedMachine]: for each price that the measurements determine a [Fit] with what it leaves
/// over, and for each other one that it stays what it was. It is the only place that knows both
/// what was measured and what is simulated, since those two never see each other.
///
/// Read first: [CalibratedMachine], [Fit].
@NullMarked
package stillpoint.calibrate;

import org.jspecify.annotations.NullMarked;
