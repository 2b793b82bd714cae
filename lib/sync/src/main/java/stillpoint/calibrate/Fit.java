package stillpoint.calibrate;

import java.util.List;
import stillpoint.simulate.Quantity;

/// A price that measurements determine.
///
/// @param quantity what is charged for
/// @param ns the price, nanoseconds each time
/// @param model how it follows from what was measured, in words
/// @param residuals every measured value that the model speaks of, beside what it says
/// @param source the file, and the digest that its last line has
public record Fit(
        Quantity quantity, double ns, String model, List<Residual> residuals, String source) {
    /// A measured value, and the same by the model with the fitted prices.
    ///
    /// @param what was measured
    /// @param measuredNs its median
    /// @param n of how many values
    /// @param fittedNs what the model says
    public record Residual(String what, double measuredNs, int n, double fittedNs) {
        /// How far the model is off, in per cent of what was measured.
        public double percent() {
            return 100 * (fittedNs - measuredNs) / measuredNs;
        }
    }

    public Fit {
        residuals = List.copyOf(residuals);
        if (residuals.isEmpty())
            throw new IllegalArgumentException(
                    quantity.word() + ": a fit rests on one measured value at least");
    }
}
