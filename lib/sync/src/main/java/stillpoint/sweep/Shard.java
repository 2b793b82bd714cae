package stillpoint.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a sweep, for one of several machines.
///
/// @param number from 1
/// @param of how many there are, 1 to 10,000
public record Shard(int number, int of) {
    /// The whole sweep.
    public static final Shard WHOLE = new Shard(1, 1);

    private static final int MOST = 10_000;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

    public Shard {
        if (of < 1 || of > MOST || number < 1 || number > of)
            throw new IllegalArgumentException(
                    "shard = "
                            + number
                            + "/"
                            + of
                            + ": i/n with i from 1 to n, and n at most "
                            + MOST
                            + "; try 1/2 on one machine and 2/2 on another");
    }

    /// Reads `i/n`.
    ///
    /// @throws IllegalArgumentException unless it is one
    public static Shard parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches())
            throw new IllegalArgumentException(
                    "shard = "
                            + text
                            + ": i/n with i from 1 to n; try 1/2 on one machine and 2/2 on another");
        return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /// The points of this part, dearest first.
    ///
    /// Points are dealt out as cards are, dearest first and to and fro, so that every part has
    /// about the same work.
    List<Point> points(Plan plan) {
        List<Point> all = new ArrayList<>(plan.points());
        all.sort(Comparator.comparing(Point::work).reversed().thenComparing(Point::number));
        var own = new ArrayList<Point>();
        for (int p = 0; p < all.size(); p++) {
            int round = p / of;
            int seat = p % of;
            if ((round % 2 == 0 ? seat : of - 1 - seat) == number - 1) own.add(all.get(p));
        }
        return own;
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
