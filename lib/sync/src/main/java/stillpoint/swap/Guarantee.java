package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import stillpoint.evidence.Table;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;

/// One question asked on every kernel configuration. What holds on all of them is guaranteed by the
/// API; what holds with `PREEMPT=n` alone happens to hold: there all kernel code between two
/// schedule points holds off a stop and a grace period, whether it says so or not.
///
/// @param name how the design is asked for
/// @param verdicts one a configuration
public record Guarantee(String name, Map<Config, Verdict> verdicts) {
    public Guarantee {
        verdicts = Collections.unmodifiableMap(new EnumMap<>(verdicts));
    }

    /// Searches on every configuration.
    public static Guarantee of(SwapCheck check) {
        var verdicts = new EnumMap<Config, Verdict>(Config.class);
        for (Config config : Config.values()) verdicts.put(config, check.config(config).verdict());
        return new Guarantee(Designs.nameOf(check.design()), verdicts);
    }

    /// Where a violation was found, in the order of [Config].
    public List<Config> broken() {
        return where(Verdict.Violation.class::isInstance);
    }

    /// Where the search says nothing.
    public List<Config> open() {
        return where(Verdict.Inconclusive.class::isInstance);
    }

    /// What follows, in words.
    public String words() {
        List<Config> broken = broken();
        if (!open().isEmpty()) return "inconclusive on " + join(open());
        if (broken.isEmpty()) return "guaranteed by the API: safe on every configuration";
        if (broken.size() == verdicts.size()) return "safe on no configuration";
        boolean onlyPreemptible = broken.stream().allMatch(Config::preemptible);
        boolean onlyOld = broken.stream().noneMatch(Config::consolidated);
        if (onlyPreemptible && onlyOld)
            return "guaranteed since 4.20, and happens to hold with PREEMPT=n before: a violation on "
                    + join(broken);
        if (onlyPreemptible)
            return "happens to hold with PREEMPT=n: a violation on " + join(broken);
        return "a violation on " + join(broken);
    }

    /// One row a question, one column a configuration.
    public static Table table(String title, List<Guarantee> guarantees) {
        var heads = new ArrayList<String>(List.of("design"));
        for (Config config : Config.values()) heads.add(config.word());
        var rows = new ArrayList<List<String>>();
        for (Guarantee each : guarantees) {
            var row = new ArrayList<String>(List.of(each.name()));
            each.verdicts().values().forEach(verdict -> row.add(verdict.word()));
            rows.add(row);
        }
        return Table.of(title, heads, rows);
    }

    private List<Config> where(Predicate<Verdict> what) {
        return Arrays.stream(Config.values()).filter(config -> what.test(verdict(config))).toList();
    }

    private Verdict verdict(Config config) {
        Verdict verdict = verdicts.get(config);
        if (verdict == null) throw new IllegalStateException(name + " was not asked on " + config);
        return verdict;
    }

    private static String join(List<Config> configs) {
        return configs.stream().map(Config::word).collect(Collectors.joining(", "));
    }
}
