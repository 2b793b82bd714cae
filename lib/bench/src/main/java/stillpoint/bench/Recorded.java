package stillpoint.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stillpoint.measure.Host;
import stillpoint.measure.Measured;
import stillpoint.measure.Measurements;
import stillpoint.measure.Provenance;

/// A file of measurements that a program of this module takes: begun before, ended behind.
///
/// @param file where it goes
/// @param note what the caller says of the machine
/// @param loadBefore load average as it began
public record Recorded(Path file, Optional<String> note, String loadBefore) {
    /// @param arguments the file, and what else is to be said of the machine
    /// @throws IllegalArgumentException if there are none, or too many
    public static Recorded begin(String... arguments) {
        if (arguments.length < 1 || arguments.length > 2)
            throw new IllegalArgumentException(
                    arguments.length + " words: give the file to write, and at most one note");
        return new Recorded(
                Path.of(arguments[0]),
                arguments.length == 2 ? Optional.of(arguments[1]) : Optional.empty(),
                Host.here().loadAverage());
    }

    /// Writes it, beside and renamed.
    ///
    /// @param command what repeats it
    /// @param more what else the provenance says
    public void end(String command, Map<String, String> more, List<Measured> rows)
            throws IOException {
        Host host = Host.here();
        Provenance provenance =
                host.provenance(command, LocalDate.now(ZoneOffset.UTC))
                        .with("load average before", loadBefore)
                        .with("load average after", host.loadAverage())
                        .with(
                                "java",
                                System.getProperty("java.vm.name")
                                        + " "
                                        + System.getProperty("java.vm.version"));
        for (var item : new TreeMap<>(more).entrySet())
            provenance = provenance.with(item.getKey(), item.getValue());
        if (note.isPresent()) provenance = provenance.with("note", note.get());
        var measurements = new Measurements(provenance, rows, true);
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, measurements.csv());
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        System.out.println(file + ": " + measurements);
    }
}
