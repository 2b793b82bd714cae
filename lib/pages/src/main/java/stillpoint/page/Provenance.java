package stillpoint.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What makes a page repeatable, printed at its foot for people and, as JSON, for machines.
/// [Surroundings] reads most of it off the machine; nothing in it is typed by hand.
///
/// @param product name and version, for example `Stillpoint 0.1.0`
/// @param commit the checkout that ran; empty outside git
/// @param source the notebook's file name, empty for a page that has none
/// @param sourceHash SHA-256 of that file's bytes in hex, empty likewise
/// @param rerun the command that makes this page again; may be empty
/// @param jdk vendor and version
/// @param os name, version and architecture
/// @param cpu model name as the system gives it
/// @param cpus how many the JVM may use
/// @param date when, in UTC; SOURCE_DATE_EPOCH overrides the clock
/// @param parameters declared names and the values used
/// @param times wall time of each cell, *measured*
/// @param licence SPDX identifier
public record Provenance(
        String product,
        Optional<Commit> commit,
        String source,
        String sourceHash,
        String rerun,
        String jdk,
        String os,
        String cpu,
        int cpus,
        Instant date,
        SortedMap<String, String> parameters,
        List<CellTime> times,
        String licence) {
    /// A commit; `dirty` when tracked files differ from it.
    public record Commit(String hash, boolean dirty) {
        @Override
        public String toString() {
            return (hash.length() > 12 ? hash.substring(0, 12) : hash)
                    + (dirty ? " (with uncommitted changes)" : "");
        }
    }

    /// The wall time of one cell.
    public record CellTime(String cell, Duration wall) {}

    public Provenance {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        times = List.copyOf(times);
    }

    /// The same for one notebook.
    public Provenance of(String source, String sourceHash, String rerun) {
        return new Provenance(
                product,
                commit,
                source,
                sourceHash,
                rerun,
                jdk,
                os,
                cpu,
                cpus,
                date,
                parameters,
                times,
                licence);
    }

    /// The same with the parameters of a run.
    public Provenance with(SortedMap<String, String> parameters) {
        return new Provenance(
                product,
                commit,
                source,
                sourceHash,
                rerun,
                jdk,
                os,
                cpu,
                cpus,
                date,
                parameters,
                times,
                licence);
    }

    /// The same with the wall time of each cell.
    public Provenance with(List<CellTime> times) {
        return new Provenance(
                product,
                commit,
                source,
                sourceHash,
                rerun,
                jdk,
                os,
                cpu,
                cpus,
                date,
                parameters,
                times,
                licence);
    }

    /// Wall time of all cells together.
    public Duration total() {
        return times.stream().map(CellTime::wall).reduce(Duration.ZERO, Duration::plus);
    }
}
