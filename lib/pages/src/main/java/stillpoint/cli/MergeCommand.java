package stillpoint.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import stillpoint.notebook.AtomicFile;
import stillpoint.notebook.NotebookException;
import stillpoint.sweep.Results;
import stillpoint.sweep.Unfit;

/// `merge`: puts the parts of a sweep together again.
final class MergeCommand implements Command {
    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "merge",
                "OUT IN...",
                1 + 10_000,
                List.of(
                        "Puts the CSV files of all shards of one sweep together: OUT has the bytes that one machine would have",
                        "written. Shards of different sweeps, and shards that are missing or not complete, are refused."),
                List.of(),
                List.of(
                        "0   OUT is written",
                        "64  wrong usage",
                        "65  the shards do not make one whole, or a file is damaged or of another version",
                        "73  OUT cannot be written"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        List<String> operands = arguments.operands();
        if (operands.size() < 2)
            throw synopsis()
                    .usage(
                            (operands.isEmpty() ? "no OUT" : operands.getFirst() + " alone")
                                    + ": merge takes the file to write, and behind it all shards");
        Path out = Path.of(operands.getFirst());
        Results whole;
        try {
            SortedMap<String, Results> parts = new TreeMap<>();
            for (String name : operands.subList(1, operands.size())) {
                if (parts.put(name, read(name)) != null)
                    throw synopsis().usage(name + ": named twice; leave one out");
            }
            whole = Results.merged(parts);
        } catch (Unfit e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()));
        }
        write(out, whole.csv());
        System.out.println(out + ": " + whole);
        return ExitCode.FINE;
    }

    private static Results read(String name) throws IOException {
        try {
            return Results.parse(name, Files.readString(Path.of(name)));
        } catch (NoSuchFileException e) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    name
                            + ": no such file"
                            + (Files.exists(Path.of(name + ".part"))
                                    ? ", but its sweep was begun: run it again with the same words,"
                                            + " and it goes on"
                                    : "; name the CSV of a shard"));
        } catch (CharacterCodingException e) {
            throw new CommandException(
                    ExitCode.BAD_INPUT, name + ": is no text; name the CSV of a shard");
        }
    }

    private static void write(Path out, String csv) throws IOException {
        try {
            AtomicFile.write(out, csv.getBytes(StandardCharsets.UTF_8));
        } catch (NotebookException e) {
            throw new CommandException(ExitCode.UNWRITABLE, String.valueOf(e.getMessage()));
        }
    }
}
