package stillpoint.simulate;

/// What a scene runs on.
///
/// @param hardware the machine and its prices
/// @param kernel how the kernel is configured
/// @param load what the CPUs do besides
/// @param spinning how a line that many spin on goes round
/// @param readers which of them are simulated
public record Setup(
        Hardware hardware, Kernel kernel, Load load, Spinning spinning, ReaderMode readers) {
    /// Which readers are simulated.
    public enum ReaderMode {
        /// Those that somebody meets, from that moment on: where they stand then is drawn.
        LAZY,
        /// All, from long before the writer begins.
        FULL
    }

    public Setup hardware(Hardware other) {
        return new Setup(other, kernel, load, spinning, readers);
    }

    public Setup kernel(Kernel other) {
        return new Setup(hardware, other, load, spinning, readers);
    }

    public Setup load(Load other) {
        return new Setup(hardware, kernel, other, spinning, readers);
    }

    public Setup spinning(Spinning other) {
        return new Setup(hardware, kernel, load, other, readers);
    }

    public Setup readers(ReaderMode other) {
        return new Setup(hardware, kernel, load, spinning, other);
    }
}
