package stillpoint.swap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stillpoint.evidence.Table;
import stillpoint.evidence.Verdict;
import stillpoint.swap.LockExperiment.Found;
import stillpoint.swap.LockExperiment.From;

/// What `data/golden/swap-locks.txt` says: the census of locks of every design on every kind of
/// device, and what breaks when one is taken from the faults.
final class GoldenLocks {
    static final String FILE = "swap-locks.txt";

    private static final List<String> CENSUS =
            List.of(
                    "# Census: lock | on the fault path | held by | orders | cells under it | orders alone | designs and devices",
                    "# Order: outer lock > inner lock | where | designs and devices");
    private static final List<String> EXPERIMENT =
            List.of(
                    "# Experiment: each spin lock that a fault takes becomes preempt_disable() there, under each design: what breaks that",
                    "# holds with the lock (class, what, where, steps of a shortest run), or safe. Bounds: swapoff, then swapon, once; up to",
                    "# 2 readers (the fewest that show it), progress with 1 reader; preempt-y-4.20; sequentially consistent memory.");

    private GoldenLocks() {}

    static List<String> all() {
        var lines = new ArrayList<String>();
        lines.addAll(CENSUS);
        lines.addAll(census());
        lines.addAll(EXPERIMENT);
        for (SwapDesign design : Designs.all())
            for (DeviceKind device : DeviceKind.values()) lines.addAll(experiment(design, device));
        return lines;
    }

    // ---- census

    /// What several designs have in common is one line.
    static List<String> census() {
        var rows = new LinkedHashMap<String, List<String>>();
        var orders = new LinkedHashMap<String, List<String>>();
        for (SwapDesign design : Designs.all())
            for (DeviceKind device : DeviceKind.values()) {
                var census = LockCensus.of(design, device);
                String where = design.id() + " " + device;
                add(rows, census.table(), where, " | ");
                add(orders, census.order(), where, " > ");
            }
        return Stream.of(rows, orders).flatMap(GoldenLocks::lines).toList();
    }

    private static void add(
            Map<String, List<String>> to, Table table, String where, String behindTheFirst) {
        for (List<String> row : table.rows()) {
            String rest = String.join(" | ", row.subList(1, row.size()));
            to.computeIfAbsent(row.getFirst() + behindTheFirst + rest, r -> new ArrayList<>())
                    .add(where);
        }
    }

    private static Stream<String> lines(Map<String, List<String>> rows) {
        return rows.entrySet().stream().map(row -> row.getKey() + " | " + where(row.getValue()));
    }

    /// `D0 ssd+sync, D1 hdd`; `everywhere`.
    private static String where(List<String> places) {
        if (places.size() == Designs.all().size() * DeviceKind.values().length) return "everywhere";
        var devices = new LinkedHashMap<String, List<String>>();
        for (String place : places) {
            String[] parts = place.split(" ", 2);
            devices.computeIfAbsent(parts[0], d -> new ArrayList<>()).add(parts[1]);
        }
        return devices.entrySet().stream()
                .map(d -> d.getKey() + " " + String.join("+", d.getValue()))
                .collect(Collectors.joining(", "));
    }

    // ---- experiment

    static List<String> experiment(SwapDesign design, DeviceKind device) {
        LockExperiment experiment = LockExperiment.of(design).device(device).going(1);
        return experiment.locks().stream()
                .filter(lock -> experiment.taken(lock, From.READERS))
                .map(lock -> experiment.found(lock, From.READERS))
                .map(found -> design.id() + " " + device + " | " + line(found))
                .toList();
    }

    private static String line(Found found) {
        return String.join(
                " | ",
                found.lock(),
                outcome(found),
                "readers " + found.count(),
                found.states() + " states");
    }

    private static String outcome(Found found) {
        if (found.open().isPresent()) return found.outcome();
        if (!found.runs().isEmpty())
            return found.runs().stream().map(GoldenLocks::run).collect(Collectors.joining("; "));
        if (found.stuck().isPresent())
            return found.stuck().get().what() + ": " + String.join("; ", found.stuck().get().why());
        return found.anyway().isEmpty()
                ? "safe; all come to their ends"
                : "nothing but what is broken with it: " + String.join(", ", found.anyway());
    }

    private static String run(Verdict.Violation v) {
        String failureClass = v.failureClass().isEmpty() ? "other" : v.failureClass();
        return failureClass + ": " + v.what() + ", " + v.trace().rows().size() + " steps";
    }
}
