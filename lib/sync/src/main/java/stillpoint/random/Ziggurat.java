package stillpoint.random;

/// Exponential numbers with mean 1 by the ziggurat of Marsaglia and Tsang (*The ziggurat method for
/// generating random variables*, Journal of Statistical Software 5(8), 2000): the density is
/// covered by layers of equal area, and 99 of 100 draws fall into the part of a layer where it is
/// certain that they lie under the density.
///
/// Differences from the paper: 53 bits place a point in its layer, and other bits of the same word
/// choose the layer, since with 32 shared bits the two are dependent (Doornik, *An improved
/// ziggurat method*, 2005). The tail is exact: beyond its beginning an exponential number begins
/// anew. Ours rather than the JDK's `nextExponential`, whose algorithm no release promises: the
/// tables come from `StrictMath`, so that the same seed gives the same bits everywhere.
///
/// The layers, from 0: the lowest, whose right part is the tail; then upwards. [#RIGHT] is where a
/// layer ends, in units of 2^-53; [#SURE] how many of these units lie under the density over the
/// whole height of the layer; [#DENSITY] the density at its right end, below which it begins.
final class Ziggurat {
    static final int LAYERS = 256;

    /// Where the tail begins, for 256 layers: from the paper. A test shows that with it the highest
    /// layer ends at the density's peak.
    static final double TAIL = 7.69711747013104972;

    /// Area of each layer: of the lowest, the rectangle up to the tail and the tail.
    static final double AREA = (TAIL + 1) * StrictMath.exp(-TAIL);

    private static final double[] RIGHT = new double[LAYERS];
    private static final long[] SURE = new long[LAYERS];
    private static final double[] DENSITY = new double[LAYERS + 1];

    static {
        double right = AREA / StrictMath.exp(-TAIL);
        double inner = TAIL;
        for (int layer = 0; layer < LAYERS; layer++) {
            RIGHT[layer] = right * 0x1p-53;
            SURE[layer] = (long) (inner / right * 0x1p53);
            DENSITY[layer] = layer == 0 ? 0 : StrictMath.exp(-right);
            right = inner;
            inner = layer == LAYERS - 2 ? 0 : right(right);
        }
        DENSITY[LAYERS] = 1;
    }

    private Ziggurat() {}

    /// Right end of the layer that lies on one with this right end.
    static double right(double below) {
        return -StrictMath.log(AREA / below + StrictMath.exp(-below));
    }

    static double next(Stream stream) {
        long word = stream.nextLong();
        int layer = (int) word & LAYERS - 1;
        long place = word >>> 11;
        if (place < SURE[layer]) return place * RIGHT[layer];
        return rare(stream, layer, place);
    }

    /// In the tail, or between the density and the end of a layer.
    private static double rare(Stream stream, int layer, long place) {
        if (layer == 0) return TAIL + next(stream);
        double x = place * RIGHT[layer];
        double low = DENSITY[layer];
        double y = low + stream.nextDouble() * (DENSITY[layer + 1] - low);
        return y < StrictMath.exp(-x) ? x : next(stream);
    }
}
