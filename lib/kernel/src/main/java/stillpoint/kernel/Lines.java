package stillpoint.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/// Which snippet is in which class, and on which line of which cell it stands.
final class Lines {
    private final Map<Integer, Placed> byIndex = new HashMap<>();
    private Placed current = new Placed("", "", 1);

    /// The snippet that is compiled next.
    void compiling(Placed snippet) {
        current = snippet;
    }

    /// Weaves what JShell just compiled: the current snippet, and those that depend on it.
    ClassBytecodes[] weave(ClassBytecodes[] batch, Weaver weaver) {
        var places = new HashMap<String, Place>();
        for (ClassBytecodes each : batch)
            if (Wrapper.outermost(each.name()).filter(each.name()::equals).isPresent())
                places.put(each.name(), place(Wrapper.of(each.name(), each.bytecodes(), batch)));
        var woven = new ClassBytecodes[batch.length];
        for (int i = 0; i < batch.length; i++) {
            Optional<Place> place = Wrapper.outermost(batch[i].name()).map(places::get);
            byte[] bytes =
                    place.isEmpty()
                            ? weaver.weave(batch[i].bytecodes(), current.file(), line -> line)
                            : weaver.weave(
                                    batch[i].bytecodes(), place.get().file(), place.get()::line);
            woven[i] = new ClassBytecodes(batch[i].name(), bytes);
        }
        return woven;
    }

    /// The snippets of one wrapper, in the order in which they stand in it.
    private record Place(Wrapper wrapper, List<Placed> snippets) {
        String file() {
            return snippets.getLast().file();
        }

        int line(int compiled) {
            int within = compiled;
            for (Placed each : snippets.subList(0, snippets.size() - 1)) {
                if (within - wrapper.line() - 2 < each.lines()) return each.line(within, wrapper);
                within -= each.lines();
            }
            return snippets.getLast().line(within, wrapper);
        }
    }

    private Place place(Wrapper wrapper) {
        var snippets = new ArrayList<Placed>();
        for (int index : wrapper.indices()) {
            Placed known = byIndex.get(index);
            if (known == null || !known.equals(current) && redeclares(wrapper, known)) {
                known = current;
                byIndex.put(index, current);
            }
            snippets.add(known);
        }
        return new Place(wrapper, snippets);
    }

    /// Whether the current snippet took the place of an older one of the same name.
    private boolean redeclares(Wrapper wrapper, Placed known) {
        if (wrapper.indices().size() == 1) return current.declares(wrapper);
        return current.declares(wrapper) && current.firstType().equals(known.firstType());
    }
}
