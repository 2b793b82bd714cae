package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stillpoint.evidence.Progress;
import stillpoint.machine.Config;
import stillpoint.swap.ProgressRow.Word;
import stillpoint.swap.SwapProgress.Asked;

/// What one search says about everything that must happen at last, as a line of a file that is
/// reviewed: `data/golden/swap-progress.csv`.
///
/// @param design as it is asked for, `D8`; or what was planted, `planted: keeps-its-own-use`
/// @param scenario what happens to the device
/// @param device what the swap device is
/// @param readers CPUs that take a page fault
/// @param config the kernel
/// @param states distinct states; one verb is one transition, and nothing is left out by symmetry
/// @param transitions between them
/// @param words what is said of each thing that was asked
/// @param faults the failure classes and kinds of fault at which runs ended; empty if none
/// @param shown the last cell, which may hold commas: the worst finding: what is broken, how, why,
///   and how many steps lead to it and go round; empty if all is kept
public record ProgressLine(
        String design,
        Scenario scenario,
        DeviceKind device,
        int readers,
        Config config,
        long states,
        long transitions,
        Map<Asked, Word> words,
        String faults,
        String shown) {
    /// What stands before the name of a design that was broken on purpose.
    public static final String PLANTED = "planted: ";

    static final List<String> COLUMNS =
            Stream.of(
                            Stream.of("design", "scenario", "device", "readers", "config"),
                            Stream.of("states", "transitions"),
                            Arrays.stream(Asked.values()).map(Asked::toString),
                            Stream.of("runs end at", "shown"))
                    .flatMap(columns -> columns)
                    .toList();

    private static final int FIRST_WORD = COLUMNS.indexOf(Asked.values()[0].toString());

    public ProgressLine {
        var copy = new EnumMap<Asked, Word>(Asked.class);
        for (Asked asked : Asked.values()) copy.put(asked, words.getOrDefault(asked, Word.NONE));
        words = Collections.unmodifiableMap(copy);
    }

    /// The line of a search.
    ///
    /// @param name what the design is called in it
    /// @param about what is shown of it; empty for the worst
    static ProgressLine of(String name, ProgressRow row, Optional<Asked> about) {
        var words = new EnumMap<Asked, Word>(Asked.class);
        for (Asked asked : Asked.values()) words.put(asked, row.word(asked));
        SwapProgress search = row.search();
        return new ProgressLine(
                name,
                search.scenario(),
                search.device(),
                search.readers(),
                search.config(),
                row.counts().states(),
                row.counts().transitions(),
                words,
                row.faults(),
                about.or(() -> worst(words))
                        .flatMap(asked -> row.found(asked).map(f -> shown(row.word(asked), f)))
                        .orElse(""));
    }

    /// The first of those of which the worst is said, if it is worse than kept.
    private static Optional<Asked> worst(Map<Asked, Word> words) {
        return words.entrySet().stream()
                .filter(said -> said.getValue().compareTo(Word.KEPT) > 0)
                .max(
                        Map.Entry.<Asked, Word>comparingByValue()
                                .thenComparing(Map.Entry.<Asked, Word>comparingByKey().reversed()))
                .map(Map.Entry::getKey);
    }

    /// What is kept in turn names the run and not the promise: nearly every design has one.
    private static String shown(Word word, Progress progress) {
        return switch (progress) {
            case Progress.Kept _ -> "";
            case Progress.Inconclusive i -> i.reason();
            case Progress.Broken b ->
                    (word == Word.IN_TURN ? "" : b.promise() + "; ")
                            + Stream.concat(Stream.of(b.what()), b.why().stream())
                                    .collect(Collectors.joining("; "))
                            + " ("
                            + b.stem().rows().size()
                            + " steps"
                            + (b.cycle().rows().isEmpty()
                                    ? ""
                                    : ", then " + b.cycle().rows().size() + " round and round")
                            + ")";
        };
    }

    /// Whether it is a design that was broken on purpose.
    public boolean planted() {
        return design.startsWith(PLANTED);
    }

    /// As a line of the file.
    public String text() {
        var cells = new ArrayList<String>();
        cells.addAll(List.of(design, scenario.word(), device.word(), "" + readers));
        cells.addAll(List.of(config.word(), "" + states, "" + transitions));
        words.values().forEach(word -> cells.add(word.toString()));
        cells.addAll(List.of(faults, shown));
        return String.join(",", cells);
    }

    /// A line taken apart.
    ///
    /// @throws IllegalArgumentException naming the cell and the rule
    static ProgressLine parse(String line) {
        List<String> cells = Arrays.asList(line.split(",", COLUMNS.size()));
        if (cells.size() != COLUMNS.size())
            throw new IllegalArgumentException(
                    cells.size() + " cells: a line has " + COLUMNS.size() + ", commas between");
        var words = new EnumMap<Asked, Word>(Asked.class);
        for (Asked asked : Asked.values())
            words.put(asked, Word.of(cells.get(FIRST_WORD + asked.ordinal())));
        return new ProgressLine(
                cells.get(0),
                Scenario.named(cells.get(1)),
                DeviceKind.named(cells.get(2)),
                (int) count("readers", cells.get(3)),
                Config.named(cells.get(4)),
                count("states", cells.get(5)),
                count("transitions", cells.get(6)),
                words,
                cells.get(cells.size() - 2),
                cells.getLast());
    }

    private static long count(String column, String text) {
        if (text.matches("[0-9]{1,15}")) return Long.parseLong(text);
        throw new IllegalArgumentException(column + " = " + text + ": a count is a whole number");
    }
}
