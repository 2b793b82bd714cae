package stillpoint.sweep;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs a sweep into a file, through any number of kills.
///
/// What is finished lies in `FILE.part`, point by point as they come, on the disk before the next
/// one is taken: a finished point is never lost or repeated. Replications of a point that was not
/// finished are not kept, and are run again. The file itself appears only when all of them are
/// there: whole, in the order of the plan, and with the same bytes however often it was begun.
///
/// @param file where the CSV is to be
public record Journal(Path file) {
    /// The points of an unfinished attempt.
    Path part() {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /// The results that are there already, if the file is that of this sweep.
    ///
    /// @throws Unfit if the file is of another sweep, version or shard, or damaged
    public Optional<Results> there(Sweep sweep) throws IOException {
        if (!Files.exists(file)) return Optional.empty();
        Results there = Results.parse(file.toString(), Files.readString(file));
        same(file, there.header(), new Header(sweep.plan(), sweep.shard()));
        return Optional.of(there);
    }

    /// Runs what is left, and writes the file.
    ///
    /// @throws Unfit if what is there is of another sweep, or another process works on it
    public Results run(Sweep sweep, Consumer<? super Stage> watcher) throws IOException {
        Optional<Results> there = there(sweep);
        if (there.isPresent()) return there.get();
        // Not through a channel, which an interruption would close in the middle of a point.
        try (var journal = new RandomAccessFile(part().toFile(), "rw")) {
            Optional<FileLock> lock = Optional.ofNullable(journal.getChannel().tryLock());
            if (lock.isEmpty())
                throw new Unfit(
                        part()
                                + ": another process works on this sweep: wait for it, or choose"
                                + " another --out");
            // The other one may have ended between the look and the lock.
            there = there(sweep);
            if (there.isPresent()) {
                Files.deleteIfExists(part());
                return there.get();
            }
            List<Finished> before = before(sweep, journal);
            Results results =
                    sweep.run(before, each -> append(journal, SweepCsv.block(each)), watcher);
            if (results.complete()) whole(results);
            return results;
        } catch (IllegalArgumentException refused) {
            if (isEmpty(Files.readString(part()))) Files.delete(part());
            throw refused;
        }
    }

    /// What an earlier attempt left; the beginning of a point is cut off.
    private List<Finished> before(Sweep sweep, RandomAccessFile journal) throws IOException {
        Header header = new Header(sweep.plan(), sweep.shard());
        String head = SweepCsv.head(header);
        String text = read(journal);
        String name = part().toString();
        if (head.startsWith(text) || isEmpty(text)) {
            journal.setLength(0);
            append(journal, head);
            return List.of();
        }
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        List<String> lines = whole.lines().toList();
        same(part(), Header.parse(name, lines), header);
        SweepCsv.Blocks blocks = SweepCsv.blocks(name, header, lines);
        String kept = String.join("\n", lines.subList(0, blocks.lines())) + "\n";
        journal.setLength(kept.getBytes(StandardCharsets.UTF_8).length);
        journal.seek(journal.length());
        return blocks.all();
    }

    /// No point of any sweep: what an attempt leaves that was refused, or killed at once.
    private static boolean isEmpty(String text) {
        return text.startsWith(Header.FORMAT)
                && text.lines().filter(line -> !line.startsWith("#")).count() <= 1;
    }

    /// Through the file that holds the lock: closing another one of the same name would give it up.
    private static String read(RandomAccessFile journal) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(journal.length())];
        journal.seek(0);
        journal.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void same(Path path, Header there, Header asked) {
        Optional<String> difference =
                there.shard().equals(asked.shard())
                        ? there.difference(asked)
                        : Optional.of(
                                "shard = " + there.shard() + ", and there it is " + asked.shard());
        if (difference.isPresent())
            throw new Unfit(
                    path
                            + ": was begun with "
                            + difference.get().replace("and there it is", "and asked is")
                            + ": repeat the words it was begun with, remove it, or choose another"
                            + " --out");
    }

    private static void append(RandomAccessFile journal, String text) {
        try {
            journal.write(text.getBytes(StandardCharsets.UTF_8));
            journal.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void whole(Results results) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".whole");
        try (var out = new FileOutputStream(beside.toFile())) {
            out.write(results.csv().getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(part());
    }
}
