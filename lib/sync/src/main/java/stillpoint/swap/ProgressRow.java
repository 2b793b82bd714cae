package stillpoint.swap;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stillpoint.check.Liveness;
import stillpoint.check.Liveness.Fate;
import stillpoint.evidence.Bounds;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Progress;
import stillpoint.swap.SwapProgress.Asked;

/// What one search says about everything that must happen at last.
///
/// @param search what was searched
/// @param fates for each thing that was asked, the promises that stand for it; no key for what does
///   not apply to the design
public record ProgressRow(SwapProgress search, Map<Asked, List<Fate>> fates) {
    public ProgressRow {
        var copy = new EnumMap<Asked, List<Fate>>(Asked.class);
        fates.forEach((asked, list) -> copy.put(asked, List.copyOf(list)));
        fates = Collections.unmodifiableMap(copy);
        if (fates.values().stream().allMatch(List::isEmpty))
            throw new IllegalArgumentException(
                    Designs.nameOf(search.design())
                            + ": nothing was asked; ask for a deadlock at least");
    }

    /// What is said of a promise. The worst is last.
    public enum Word {
        /// It does not apply.
        NONE("-"),
        /// On every weakly fair run.
        KEPT("kept"),
        /// On every run on which tasks also queue for locks, as they do in the kernel; under weak
        /// fairness alone some run breaks it.
        IN_TURN("kept in turn"),
        /// Cut short, or the promise would be empty.
        INCONCLUSIVE("inconclusive"),
        /// A fair run breaks it, although tasks queue.
        BROKEN("broken");

        private final String words;

        Word(String words) {
            this.words = words;
        }

        /// The word that is written so.
        ///
        /// @throws IllegalArgumentException naming the ones there are
        static Word of(String words) {
            return Arrays.stream(values())
                    .filter(word -> word.words.equals(words))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    words
                                            + ": what is said is one of "
                                            + Arrays.stream(values())
                                                    .map(Word::toString)
                                                    .collect(Collectors.joining(", "))));
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// What is said of everything that one thing asks.
    public Word word(Asked asked) {
        return of(asked).map(ProgressRow::word).max(Comparator.naturalOrder()).orElse(Word.NONE);
    }

    private static Word word(Fate fate) {
        return switch (fate.queued()) {
            case Progress.Broken _ -> Word.BROKEN;
            case Progress.Inconclusive _ -> Word.INCONCLUSIVE;
            case Progress.Kept _ ->
                    switch (fate.weak()) {
                        case Progress.Kept _ -> Word.KEPT;
                        case Progress.Broken _ -> Word.IN_TURN;
                        case Progress.Inconclusive _ -> Word.INCONCLUSIVE;
                    };
        };
    }

    /// The worst that is found about one thing: under queues where it is broken there, too. Empty
    /// if it is kept on every weakly fair run.
    public Optional<Progress> found(Asked asked) {
        Word worst = word(asked);
        return of(asked)
                .filter(fate -> worst != Word.KEPT && word(fate) == worst)
                .map(fate -> worst == Word.IN_TURN ? fate.weak() : fate.queued())
                .findFirst();
    }

    /// What breaks one thing that was asked; empty if nothing does.
    public Optional<Progress.Broken> broken(Asked asked) {
        return of(asked)
                .map(Fate::queued)
                .filter(Progress.Broken.class::isInstance)
                .map(Progress.Broken.class::cast)
                .findFirst();
    }

    /// How large the search was.
    public Counts counts() {
        return any().counts();
    }

    /// The failure classes and kinds of fault at which runs ended; empty if none.
    public String faults() {
        return any().bounds().entries().stream()
                .filter(b -> b.name().equals(Liveness.RUNS_END_AT))
                .map(Bounds.Bound::value)
                .findFirst()
                .orElse("");
    }

    private Progress any() {
        return fates.values().stream().flatMap(List::stream).findFirst().orElseThrow().queued();
    }

    private Stream<Fate> of(Asked asked) {
        return fates.getOrDefault(asked, List.of()).stream();
    }
}
