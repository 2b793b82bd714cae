package stillpoint.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import stillpoint.program.Step;

/// Gives each event and each sequence of events of one transition a number. Graphs that are
/// compared share one.
final class Alphabet {
    /// The sequence of no events: a silent transition.
    static final int SILENT = 0;

    private final Map<Event, Integer> numbers = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<List<Integer>, Integer> wordNumbers = new LinkedHashMap<>();
    private final List<List<Integer>> words = new ArrayList<>();

    private final SortedSet<String> faults = new TreeSet<>();

    /// What an observer sees: `label` on a CPU.
    record Event(int cpu, String label) {
        @Override
        public String toString() {
            return label + " on CPU" + cpu;
        }
    }

    Alphabet() {
        word(List.of());
    }

    /// The number of what is seen in a transition.
    int seen(List<Engine.Taken> trail) {
        List<Integer> word = List.of();
        for (Engine.Taken taken : trail)
            if (taken.instr().node.step() instanceof Step.Event(String label)) {
                if (word.isEmpty()) word = new ArrayList<>();
                word.add(number(new Event(taken.task().cpu, label)));
            }
        return word.isEmpty() ? SILENT : word(List.copyOf(word));
    }

    /// The number of what is seen in a transition that ends in a fault on a CPU.
    int seen(List<Engine.Taken> trail, int cpu, String fault) {
        var word = new ArrayList<>(events(seen(trail)));
        word.add(number(new Event(cpu, fault)));
        faults.add(fault);
        return word(List.copyOf(word));
    }

    private int number(Event event) {
        Integer known = numbers.get(event);
        if (known != null) return known;
        numbers.put(event, events.size());
        events.add(event);
        return events.size() - 1;
    }

    private int word(List<Integer> word) {
        Integer known = wordNumbers.get(word);
        if (known != null) return known;
        wordNumbers.put(word, words.size());
        words.add(word);
        return words.size() - 1;
    }

    /// The events of a word, in the order of time.
    List<Integer> events(int word) {
        return words.get(word);
    }

    /// The labels of those that are faults.
    SortedSet<String> faults() {
        return Collections.unmodifiableSortedSet(faults);
    }

    Event event(int number) {
        return events.get(number);
    }

    List<Event> events() {
        return List.copyOf(events);
    }
}
