package stillpoint.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import stillpoint.statistics.Values;

/// What a measuring guest printed on its serial console: figures, what it says of itself, and
/// whether it came to its end.
///
/// Of the console's lines those count that begin with one of four marks:
///
/// - `SP,what,condition,cpus,unit,value`: one value;
/// - `SP-ABOUT,name,value`: what the guest is;
/// - `SP-FAILED,reason`: it gave up;
/// - `SP,done`: it came to its end.
///
/// All others are of the firmware and the kernel; a panic among them is a reason too, and so is a
/// mistake that the kernel reports of itself.
///
/// @param rows in the order in which the first value of each came
/// @param about in the order in which they came
/// @param stopped why figures may be missing; empty if the guest came to its end
public record GuestReport(
        List<Measured> rows, SequencedMap<String, String> about, Optional<String> stopped) {
    private static final String VALUE = "SP,";
    private static final String DONE = "SP,done";
    private static final String ABOUT = "SP-ABOUT,";
    private static final String FAILED = "SP-FAILED,";
    private static final String PANIC = "Kernel panic - not syncing: ";
    private static final String BUG = "] BUG: ";
    private static final int FIELDS = 6;
    private static final int SHOWN = 100;

    public GuestReport {
        rows = List.copyOf(rows);
        about = new LinkedHashMap<>(about);
    }

    private record Name(String what, String condition, int cpus, Unit unit) {}

    /// Whether this line is the guest's last word, after which nothing counts.
    static boolean ends(String line) {
        return line.equals(DONE)
                || line.startsWith(FAILED)
                || line.contains(PANIC)
                || line.contains(BUG)
                || garbled(line).isPresent();
    }

    /// Whether the guest's first process runs: the kernel has booted.
    static boolean booted(String line) {
        return line.startsWith(ABOUT);
    }

    /// Reads the lines of a console, without their line feeds.
    ///
    /// @param otherwise why the guest ended, if the lines do not say it themselves
    public static GuestReport of(List<String> lines, String otherwise) {
        var values = new LinkedHashMap<Name, Values>();
        var about = new LinkedHashMap<String, String>();
        Optional<String> stopped = Optional.of(otherwise);
        for (String line : lines) {
            if (line.startsWith(ABOUT)) {
                String[] item = line.substring(ABOUT.length()).split(",", 2);
                if (item.length == 2 && !item[1].isBlank()) about.put(item[0], item[1].strip());
            } else if (ends(line)) {
                stopped = reason(line);
                break;
            } else if (line.startsWith(VALUE)) {
                String[] cells = line.split(",", -1);
                values.computeIfAbsent(name(cells), _ -> new Values())
                        .add(Long.parseLong(cells[FIELDS - 1]));
            }
        }
        var rows = new ArrayList<Measured>();
        for (Map.Entry<Name, Values> each : values.entrySet()) {
            Name name = each.getKey();
            rows.add(
                    Measured.of(
                            name.what(),
                            name.condition(),
                            name.cpus(),
                            name.unit(),
                            each.getValue()));
        }
        return new GuestReport(rows, about, stopped);
    }

    private static Optional<String> reason(String line) {
        if (line.equals(DONE)) return Optional.empty();
        if (line.startsWith(FAILED))
            return Optional.of("the guest says: " + line.substring(FAILED.length()));
        int panic = line.indexOf(PANIC);
        if (panic >= 0)
            return Optional.of("the guest's kernel panicked: " + shown(line.substring(panic)));
        int bug = line.indexOf(BUG);
        if (bug >= 0)
            return Optional.of(
                    "the guest's kernel found a mistake: " + shown(line.substring(bug + 2)));
        return garbled(line);
    }

    private static Name name(String[] cells) {
        return new Name(cells[1], cells[2], Integer.parseInt(cells[3]), Unit.named(cells[4]));
    }

    /// Why a line with the mark of a value holds none. It is checked by making a row of it.
    private static Optional<String> garbled(String line) {
        if (!line.startsWith(VALUE) || line.equals(DONE)) return Optional.empty();
        String[] cells = line.split(",", -1);
        try {
            if (cells.length == FIELDS) {
                Name name = name(cells);
                Measured.of(
                        name.what(),
                        name.condition(),
                        name.cpus(),
                        name.unit(),
                        new Values().add(Long.parseLong(cells[FIELDS - 1])));
                return Optional.empty();
            }
        } catch (IllegalArgumentException e) {
            // Said below: whatever is wrong with it, the way on is the same.
        }
        return Optional.of(
                "the guest printed garbage, \""
                        + shown(line)
                        + "\", where SP,what,condition,cpus,unit,value was to be");
    }

    static String shown(String line) {
        String plain = line.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN - 3) + "...";
    }

    /// What the guest says of itself, or [Provenance#UNKNOWN].
    public String about(String name) {
        return about.getOrDefault(name, Provenance.UNKNOWN);
    }

    /// The same figures, each condition behind words that tell this guest from others.
    public GuestReport under(String words) {
        var all = new ArrayList<Measured>();
        for (Measured row : rows) {
            var values = new Values();
            for (int i = 0; i < row.n(); i++) values.add(row.sample().at(i));
            all.add(
                    Measured.of(
                            row.what(),
                            words + "; " + row.condition(),
                            row.cpus(),
                            row.unit(),
                            values));
        }
        return new GuestReport(all, about, stopped);
    }
}
