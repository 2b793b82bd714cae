package stillpoint.calibrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import stillpoint.evidence.Evident;
import stillpoint.evidence.Table;
import stillpoint.measure.Host;
import stillpoint.measure.Measurements;
import stillpoint.measure.Membarrier;
import stillpoint.measure.MembarrierRun;
import stillpoint.measure.Provenance;
import stillpoint.measure.Refused;
import stillpoint.measure.Unit;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Price;
import stillpoint.simulate.Quantity;

/// A machine whose prices are measured where they could be: the fits, and what stays as it was.
///
/// @param title of the machine that was measured
/// @param cpus that it has
/// @param base where all other prices are from
/// @param fits one for each price that was measured
/// @param instructions what a guest counted: a path's length, which is no price
/// @param periods grace periods that were waited for: no price either, since they come of ticks
public record CalibratedMachine(
        String title,
        int cpus,
        Hardware base,
        List<Fit> fits,
        List<Counted> instructions,
        List<Period> periods)
        implements Evident {
    /// The file of readers' sections.
    public static final String READERS = "jvm-readers.csv";

    /// The file of the running kernel.
    public static final String MEMBARRIER = "membarrier.csv";

    private static final String GUEST = "guest";

    /// In a guest's condition.
    private static final String ALL_EXPEDITED = "rcu_expedited=1";

    private static final Set<String> PERIODS = Set.of("synchronize_rcu", Membarrier.GLOBAL.word());

    /// A path of the kernel, in instructions.
    ///
    /// @param what its name
    /// @param instructions the median
    /// @param source the file
    public record Counted(String what, double instructions, String source) {}

    /// A grace period, in ticks of the kernel that it was measured on.
    ///
    /// @param what its name and condition
    /// @param ticks the median
    /// @param least the smallest
    /// @param n of how many
    /// @param source the file
    public record Period(String what, double ticks, double least, int n, String source) {}

    public CalibratedMachine {
        fits = List.copyOf(fits);
        instructions = List.copyOf(instructions);
        periods = List.copyOf(periods);
    }

    /// From the recordings in a folder, those there are.
    ///
    /// @param folder such as `data/measured`
    /// @param base the machine whose prices stay
    /// @throws Refused if there is none to calibrate by, one cannot be relied on, or they are of
    ///   different machines
    public static CalibratedMachine of(Path folder, Hardware base) throws IOException {
        Optional<Measurements> membarrier = recording(folder.resolve(MEMBARRIER));
        var instructions = new ArrayList<Counted>();
        var periods = new ArrayList<Period>();
        membarrier.ifPresent(found -> periods.addAll(periods(MEMBARRIER, found)));
        for (Path file : guests(folder)) {
            Measurements guest = Measurements.load(file);
            String name = Objects.toString(file.getFileName());
            instructions.addAll(counted(name, guest));
            periods.addAll(periods(name, guest));
        }
        return of(
                folder.toString(),
                recording(folder.resolve(READERS)),
                membarrier,
                base,
                instructions,
                periods);
    }

    /// From the recordings that the library carries.
    ///
    /// @throws Refused as [#of(Path, Hardware)] does
    public static CalibratedMachine recorded(Hardware base) {
        return of(
                "data/measured",
                Measurements.recorded(READERS),
                Measurements.recorded(MEMBARRIER),
                base,
                List.of(),
                List.of());
    }

    private static CalibratedMachine of(
            String folder,
            Optional<Measurements> readers,
            Optional<Measurements> membarrier,
            Hardware base,
            List<Counted> counted,
            List<Period> periods) {
        List<Measurements> both = Stream.of(readers, membarrier).flatMap(Optional::stream).toList();
        if (both.isEmpty())
            throw new Refused(
                    folder
                            + ": has neither "
                            + READERS
                            + " nor "
                            + MEMBARRIER
                            + "; lib/bench/jvm.sh and ./stillpoint measure membarrier write them");
        Measurements first = both.getFirst();
        for (Measurements other : both) demandSame(folder, first, other);
        var fits = new ArrayList<Fit>();
        readers.ifPresent(
                found -> fits.addAll(new ReaderFits(found, source(READERS, found)).all()));
        membarrier
                .flatMap(found -> new InterruptFit(found, base, source(MEMBARRIER, found)).fit())
                .ifPresent(fits::add);
        return new CalibratedMachine(
                first.provenance().cpu()
                        + ", "
                        + first.provenance().machine()
                        + ", "
                        + first.provenance().cpus()
                        + " CPUs",
                first.provenance().cpus(),
                base,
                fits,
                counted,
                periods);
    }

    private static Optional<Measurements> recording(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Measurements.load(file)) : Optional.empty();
    }

    private static void demandSame(String folder, Measurements one, Measurements other) {
        if (!one.provenance().cpu().equals(other.provenance().cpu())
                || one.provenance().cpus() != other.provenance().cpus())
            throw new Refused(
                    folder
                            + ": "
                            + READERS
                            + " is of "
                            + one.provenance().cpu()
                            + ", "
                            + one.provenance().cpus()
                            + " CPUs, and "
                            + MEMBARRIER
                            + " of "
                            + other.provenance().cpu()
                            + ", "
                            + other.provenance().cpus()
                            + " CPUs: a calibration is of one machine; measure both on the same");
    }

    /// A guest's recordings, by the name of their file.
    private static List<Path> guests(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.getFileName().toString().startsWith(GUEST))
                    .filter(file -> file.getFileName().toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Counted> counted(String file, Measurements guest) {
        return guest.rows().stream()
                .filter(row -> row.unit() == Unit.INSTRUCTIONS)
                .map(row -> new Counted(row.toString(), row.median().value(), file))
                .toList();
    }

    /// Those that wait for ticks: a kernel that expedites every grace period has none.
    private static List<Period> periods(String file, Measurements found) {
        String hz = found.provenance().hz();
        boolean expedited =
                Host.EXPEDITED.equals(found.provenance().more().get(MembarrierRun.GRACE_PERIODS));
        if (hz.equals(Provenance.UNKNOWN) || expedited) return List.of();
        double tick = 1e9 / Integer.parseInt(hz);
        return found.rows().stream()
                .filter(row -> row.unit() == Unit.NS && PERIODS.contains(row.what()))
                .filter(row -> !row.condition().contains(ALL_EXPEDITED))
                .map(row ->
                        new Period(
                                row.toString(),
                                row.median().value() / tick,
                                row.min() / tick,
                                row.n(),
                                file))
                .toList();
    }

    private static String source(String file, Measurements found) {
        return "data/measured/" + file + " sha256 " + found.digest().substring(0, 16);
    }

    /// The price list with what was measured; one thread a core, one socket, since a recording does
    /// not tell.
    public Hardware hardware() {
        Hardware machine = base;
        for (Fit fit : fits)
            machine =
                    machine.with(
                            fit.quantity(), new Price(rounded(fit.ns()), "measured", fit.source()));
        return machine;
    }

    /// The fit of a price, if it was measured.
    public Optional<Fit> fit(Quantity quantity) {
        return fits.stream().filter(fit -> fit.quantity() == quantity).findFirst();
    }

    /// The price list as a file that [Hardware#read] takes.
    public String csv() {
        var text = new StringBuilder("# " + title + "\n");
        text.append("# Made by ./stillpoint calibrate; what was not measured is that of ")
                .append(base.name())
                .append("\nwhat,value,unit,basis,source\n");
        text.append("threads of a core,1,count,assumed,a recording tells the number of CPUs only\n")
                .append("cores of a socket," + cpus + ",count,measured,the CPUs online\n")
                .append("sockets of a board,1,count,assumed,a recording does not tell\n")
                .append("boards,1,count,assumed,a recording does not tell\n");
        hardware()
                .prices()
                .forEach((quantity, price) ->
                        text.append(quantity.word())
                                .append(',')
                                .append(number(price.ns()))
                                .append(",ns,")
                                .append(price.basis())
                                .append(',')
                                .append(
                                        fit(quantity).isPresent()
                                                ? price.source()
                                                : "of " + base.name() + ": " + price.source())
                                .append('\n'));
        return text.toString();
    }

    /// In hundredths: what was measured is not known more finely.
    private static double rounded(double ns) {
        return Math.rint(ns * 100) / 100;
    }

    private static String number(double ns) {
        return ns == Math.rint(ns) ? Long.toString((long) ns) : Double.toString(ns);
    }

    /// Every price: measured, or what it stays.
    @Override
    public Table evidence() {
        var rows = new ArrayList<List<String>>();
        for (Quantity quantity : Quantity.values()) {
            Price before = Objects.requireNonNull(base.prices().get(quantity));
            Optional<Fit> fit = fit(quantity);
            rows.add(
                    List.of(
                            quantity.word(),
                            number(fit.map(f -> rounded(f.ns())).orElse(before.ns())),
                            fit.isPresent() ? "measured" : before.basis(),
                            number(before.ns()),
                            fit.map(CalibratedMachine::off).orElse("")));
        }
        return new Table(
                "Prices of " + title + "; those that were not measured are of " + base.name(),
                List.of(
                        Table.words("what"),
                        Table.numbers("ns each time"),
                        Table.words("basis"),
                        Table.numbers("of " + base.name()),
                        Table.numbers("largest residual")),
                rows);
    }

    private static String off(Fit fit) {
        double most =
                fit.residuals().stream()
                        .mapToDouble(Fit.Residual::percent)
                        .reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
        return String.format(Locale.ROOT, "%+.1f %%", most);
    }
}
