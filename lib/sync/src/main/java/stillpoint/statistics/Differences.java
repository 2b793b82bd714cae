package stillpoint.statistics;

/// All differences of one value of the first and one of the second, in ascending order, without
/// keeping any of them: a rank is found by halving the range of values and counting, in time
/// proportional to the two sizes.
///
/// @param first where is subtracted from
/// @param second what is subtracted
record Differences(Sample first, Sample second) {
    long count() {
        return (long) first.size() * second.size();
    }

    /// The `rank`-th smallest difference, counted from 1.
    long ordered(long rank) {
        long low = first.min() - second.max();
        long high = first.max() - second.min();
        while (low < high) {
            long middle = low + ((high - low) >> 1);
            if (notOver(middle) >= rank) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// How many differences are at most this. As the first grows, so does what must be subtracted.
    private long notOver(long difference) {
        long count = 0;
        int under = 0;
        for (int i = 1; i <= first.size(); i++) {
            long least = first.ordered(i) - difference;
            while (under < second.size() && second.ordered(under + 1) < least) under++;
            count += second.size() - under;
        }
        return count;
    }
}
