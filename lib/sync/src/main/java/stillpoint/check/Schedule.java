package stillpoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which CPU goes next, transition by transition: all that is needed to see a run again.
///
/// As text, `0x5.1x7.0b` says five transitions of CPU 0, seven of CPU 1, and one of CPU 0 that goes
/// its second way: where a transition may go several ways, a letter after the CPU names the way,
/// `a` being the first and left out.
///
/// @param turns in the order of time
public record Schedule(List<Turn> turns) {
    private static final Pattern PART = Pattern.compile("(\\d{1,2})([a-w]?)(?:x(\\d{1,4}))?");
    private static final int MOST = 10_000;

    /// The text of the run of no transitions: what is wrong with the first state has one.
    private static final String START = "start";

    /// One transition.
    ///
    /// @param cpu whose it is, from 0
    /// @param way which way it goes, from 0
    public record Turn(int cpu, int way) {}

    public Schedule {
        turns = List.copyOf(turns);
    }

    /// A schedule from its text.
    ///
    /// @throws IllegalArgumentException naming the part that is not understood
    public static Schedule parse(String text) {
        var turns = new ArrayList<Turn>();
        if (text.equals(START)) return new Schedule(turns);
        for (String part : text.split("\\.", -1)) {
            Matcher m = PART.matcher(part);
            if (!m.matches())
                throw new IllegalArgumentException(
                        "\""
                                + part
                                + "\": a schedule is parts like 0x5 or 1b (CPU, way, times) with dots between; copy it whole");
            int way = m.group(2).isEmpty() ? 0 : m.group(2).charAt(0) - 'a';
            int times = m.group(3) == null ? 1 : Integer.parseInt(m.group(3));
            if (turns.size() + times > MOST)
                throw new IllegalArgumentException(
                        "\"" + part + "\": a schedule has at most " + MOST + " transitions");
            for (int t = 0; t < times; t++) turns.add(new Turn(Integer.parseInt(m.group(1)), way));
        }
        return new Schedule(turns);
    }

    /// How often another CPU goes on.
    int switches() {
        int switches = 0;
        for (int t = 1; t < turns.size(); t++)
            if (turns.get(t).cpu() != turns.get(t - 1).cpu()) switches++;
        return switches;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int t = 0; t < turns.size(); ) {
            int end = t;
            while (end < turns.size() && turns.get(end).equals(turns.get(t))) end++;
            if (!text.isEmpty()) text.append('.');
            text.append(turns.get(t).cpu());
            if (turns.get(t).way() > 0) text.append((char) ('a' + turns.get(t).way()));
            if (end - t > 1) text.append('x').append(end - t);
            t = end;
        }
        return text.isEmpty() ? START : text.toString();
    }
}
