package stillpoint.simulate;

/// How long a line is on its way from one CPU to another that is picked at random, ns: the few
/// times that there are, and how often each is met.
///
/// Hot core of [LineQueue]: arrays.
final class Ways {
    private final double[] time;
    private final double[] part;

    /// @param time ns
    /// @param part their shares, which add up to 1; all 0 where there is no other CPU
    Ways(double[] time, double[] part) {
        this.time = time.clone();
        this.part = part.clone();
    }

    double mean() {
        return atLeast(0);
    }

    double square() {
        double sum = 0;
        for (int w = 0; w < time.length; w++) sum += part[w] * time[w] * time[w];
        return sum;
    }

    /// Longest.
    double longest() {
        double longest = 0;
        for (int w = 0; w < time.length; w++) if (part[w] > 0) longest = Math.max(longest, time[w]);
        return longest;
    }

    /// Mean, where it takes so long at least.
    double atLeast(double ns) {
        double sum = 0;
        for (int w = 0; w < time.length; w++) sum += part[w] * Math.max(time[w], ns);
        return sum;
    }

    /// How often it takes longer.
    double longer(double ns) {
        double sum = 0;
        for (int w = 0; w < time.length; w++) if (time[w] > ns) sum += part[w];
        return sum;
    }
}
