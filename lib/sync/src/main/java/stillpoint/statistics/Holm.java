package stillpoint.statistics;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Several comparisons looked at together (Holm 1979): whoever calls those whose adjusted `p` is at
/// most 0.05 different errs anywhere in at most 5 of 100 such families, however they depend on each
/// other.
public final class Holm {
    private Holm() {}

    /// The same p-values in the same order, each adjusted for all of them.
    public static List<PValue> adjusted(List<PValue> family) {
        int m = family.size();
        int[] ascending =
                IntStream.range(0, m)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> family.get(i).p()))
                        .mapToInt(i -> i)
                        .toArray();
        var adjusted = new PValue[m];
        double least = 0;
        for (int k = 0; k < m; k++) {
            PValue raw = family.get(ascending[k]);
            least = Math.max(least, Math.min(1, (m - k) * raw.p()));
            adjusted[ascending[k]] =
                    new PValue(
                            raw.test(),
                            raw.statistic(),
                            least,
                            raw.method() + "; Holm, one of " + m);
        }
        return Collections.unmodifiableList(Arrays.asList(adjusted));
    }
}
