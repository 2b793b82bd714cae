package stillpoint.swap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import stillpoint.check.Limits;
import stillpoint.check.Survey;
import stillpoint.evidence.Table;
import stillpoint.evidence.Verdict;
import stillpoint.machine.Config;

/// Which design shows which failure, for each flavour of its readers and on each kernel, computed:
/// one exhaustive search answers for every failure class at once, with a swapon after swapoff.
///
/// @param rows a design's rows together, in the order of [MatrixSubject#all], [Config], and
///   [DeviceKind]
public record VerdictMatrix(List<MatrixRow> rows) {
    /// Prefix of a kind of fault that has no class, as a survey names it.
    private static final String OTHER = "other ";

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String ORDER_ALONE =
            "Told from a right design by the order of memory alone";
    private static final List<String> ORDER_HEADS =
            List.of("design", "section", "open: no interleaving shows", "violation", "other");

    public VerdictMatrix {
        rows = List.copyOf(rows);
    }

    /// Runs every search, one thread each on every processor, and gives the same rows on every run.
    ///
    /// Kernels on which a model's search is the same step for step share it. The memory for states
    /// is divided among the threads.
    ///
    /// @param readers 1 to 8
    public static VerdictMatrix computed(int readers) {
        return computed(readers, row -> {});
    }

    /// The same, seen while it is at work.
    ///
    /// @param done told each row as it comes, in the calling thread
    public static VerdictMatrix computed(int readers, Consumer<MatrixRow> done) {
        return computed(MatrixSubject.all(), readers, done);
    }

    static VerdictMatrix computed(
            List<MatrixSubject> subjects, int readers, Consumer<MatrixRow> done) {
        int threads = Runtime.getRuntime().availableProcessors();
        Limits limits =
                new Limits(Limits.DEFAULT.states(), Limits.DEFAULT.bytes() / threads, LONGEST);
        var pending = new ArrayList<Future<List<MatrixRow>>>();
        var rows = new ArrayList<MatrixRow>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (MatrixSubject subject : subjects)
                for (DeviceKind device : DeviceKind.values())
                    for (List<SwapCheck> alike : alike(subject, readers, device, limits)) {
                        Callable<List<MatrixRow>> search = () -> rows(subject, alike);
                        pending.add(pool.submit(search));
                    }
            for (Future<List<MatrixRow>> each : pending)
                for (MatrixRow row : each.get()) {
                    rows.add(row);
                    done.accept(row);
                }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; run it again to finish", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search of the matrix failed", e.getCause());
        }
        List<String> order = subjects.stream().map(s -> Designs.nameOf(s.design())).toList();
        rows.sort(
                Comparator.comparingInt((MatrixRow row) -> order.indexOf(row.design()))
                        .thenComparing(MatrixRow::config)
                        .thenComparing(MatrixRow::device));
        return new VerdictMatrix(rows);
    }

    /// One question on every kernel, those together whose searches are the same.
    private static List<List<SwapCheck>> alike(
            MatrixSubject subject, int readers, DeviceKind device, Limits limits) {
        var groups = new ArrayList<List<SwapCheck>>();
        for (Config config : Config.values()) {
            SwapCheck check =
                    SwapCheck.of(subject.design())
                            .readers(readers)
                            .swapon(true)
                            .device(device)
                            .config(config)
                            .with(limits);
            groups.stream()
                    .filter(group -> group.getFirst().checker().alike(check.model(), config))
                    .findFirst()
                    .orElseGet(() -> {
                        var group = new ArrayList<SwapCheck>();
                        groups.add(group);
                        return group;
                    })
                    .add(check);
        }
        return groups;
    }

    private static List<MatrixRow> rows(MatrixSubject subject, List<SwapCheck> alike) {
        Survey survey = alike.getFirst().survey();
        var runs = new TreeMap<String, ReplayString>();
        String open = survey.open().orElse(subject.order() ? MatrixRow.ORDER : "");
        for (String what : survey.broken())
            if (alike.getFirst().only(what).verdict() instanceof Verdict.Violation v)
                runs.put(what.replaceFirst("^" + OTHER, ""), run(subject, v));
            else open = "no shortest run to " + what + " within the limits";
        var rows = new ArrayList<MatrixRow>();
        for (SwapCheck check : alike) {
            var cells = new TreeMap<String, String>();
            runs.forEach((what, run) -> cells.put(what, on(check.checker().config(), run)));
            rows.add(
                    new MatrixRow(
                            Designs.nameOf(subject.design()),
                            subject.section(),
                            check.checker().config(),
                            check.device(),
                            check.readers(),
                            survey.counts().states(),
                            survey.counts().transitions(),
                            survey.counts().depth(),
                            cells,
                            open));
        }
        return rows;
    }

    private static ReplayString run(MatrixSubject subject, Verdict.Violation violation) {
        return ReplayString.parse(violation.trace().replay(), name -> subject.design());
    }

    /// The same run on a kernel that is alike.
    private static String on(Config config, ReplayString run) {
        return new ReplayString(run.check().config(config), run.schedule()).toString();
    }

    /// The columns of the matrix: the failure classes, F7, which is F1 on a rotating device, and
    /// the kinds of fault that have no class.
    public static List<String> columns() {
        var columns = new ArrayList<>(SwapModel.failureClasses());
        columns.addAll(List.of("F7", "other"));
        return columns;
    }

    /// The lines of the matrix, a design on a kernel, in their order.
    public List<MatrixLine> lines() {
        var lines = new LinkedHashMap<String, List<MatrixRow>>();
        for (MatrixRow row : rows)
            lines.computeIfAbsent(row.design() + " " + row.config(), k -> new ArrayList<>())
                    .add(row);
        return lines.values().stream().map(MatrixLine::new).toList();
    }

    /// The kernels, those together on which every line says the same.
    public List<List<Config>> kernels() {
        var groups = new ArrayList<List<Config>>();
        for (Config config : Config.values())
            groups.stream()
                    .filter(group -> words(group.getFirst()).equals(words(config)))
                    .findFirst()
                    .orElseGet(() -> {
                        var group = new ArrayList<Config>();
                        groups.add(group);
                        return group;
                    })
                    .add(config);
        return groups;
    }

    private List<List<MatrixRow.Word>> words(Config config) {
        return lines().stream()
                .filter(line -> line.config() == config)
                .map(line -> columns().stream().map(line::word).toList())
                .toList();
    }

    /// How many cells say a word.
    public long count(MatrixRow.Word word) {
        return lines().stream()
                .flatMap(line -> columns().stream().map(line::word))
                .filter(word::equals)
                .count();
    }

    /// How a cell is shown.
    @FunctionalInterface
    public interface Shown {
        /// @param column whose cell it is, or the first of those that it stands for
        /// @param words what it says
        String of(MatrixLine line, String column, String words);
    }

    /// What is shown of the kernels on which every line says the same.
    ///
    /// @param kernels which
    /// @param designs a row a design
    /// @param order a row for each that only the order of memory tells from a design that is right:
    ///   of these no cell says that a failure cannot come; they name the failures that no
    ///   interleaving shows
    public record Tables(List<Config> kernels, Table designs, Table order) {
        public Tables {
            kernels = List.copyOf(kernels);
        }

        /// Their names, with commas.
        public String on() {
            return kernels.stream().map(Config::word).collect(Collectors.joining(", "));
        }
    }

    /// The matrix as tables.
    public List<Tables> tables(Shown shown) {
        var heads = new ArrayList<>(List.of("design", "section"));
        heads.addAll(columns());
        var tables = new ArrayList<Tables>();
        for (List<Config> group : kernels()) {
            List<MatrixLine> lines =
                    lines().stream().filter(line -> line.config() == group.getFirst()).toList();
            tables.add(
                    new Tables(
                            group,
                            Table.of(
                                    "Designs",
                                    heads,
                                    lines.stream()
                                            .filter(line -> !line.order())
                                            .map(line -> cells(line, shown))
                                            .toList()),
                            Table.of(
                                    ORDER_ALONE,
                                    ORDER_HEADS,
                                    lines.stream()
                                            .filter(MatrixLine::order)
                                            .map(line -> orderCells(line, shown))
                                            .toList())));
        }
        return tables;
    }

    private static List<String> cells(MatrixLine line, Shown shown) {
        var cells = new ArrayList<>(List.of(line.design(), line.flavour()));
        for (String column : columns()) cells.add(shown.of(line, column, line.words(column)));
        return cells;
    }

    private static List<String> orderCells(MatrixLine line, Shown shown) {
        var open = new ArrayList<String>();
        var met = new ArrayList<String>();
        for (String column : columns().subList(0, columns().size() - 1))
            switch (line.word(column)) {
                case OPEN -> open.add(column);
                case BROKEN -> met.add(shown.of(line, column, column));
                case INCONCLUSIVE -> met.add(shown.of(line, column, column + " inconclusive"));
                case SAFE ->
                        throw new IllegalStateException(
                                line.design() + ": " + column + " safe, and open: a bug");
            }
        return List.of(
                line.design(),
                line.flavour(),
                open.isEmpty() ? "" : shown.of(line, open.getFirst(), String.join(" ", open)),
                String.join(" ", met),
                shown.of(line, columns().getLast(), line.words(columns().getLast())));
    }
}
