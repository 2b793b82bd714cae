package stillpoint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import stillpoint.calibrate.CalibratedMachine;
import stillpoint.calibrate.Fit;
import stillpoint.measure.Refused;
import stillpoint.notebook.AtomicFile;
import stillpoint.notebook.NotebookException;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Price;
import stillpoint.simulate.Quantity;

/// `calibrate`: the simulator's prices from what was measured, as far as it reaches.
final class CalibrateCommand implements Command {
    private static final String BASE = "i7-8750h";

    private final Checkout checkout = Checkout.here();

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "calibrate",
                "",
                0,
                List.of(
                        "Fits the simulator's prices to what was measured on one machine, and prints each with the values it",
                        "rests on, what the fit leaves over, and what stays an assumption. Reads "
                                + CalibratedMachine.READERS
                                + " (lib/bench/jvm.sh),",
                        CalibratedMachine.MEMBARRIER
                                + " (./stillpoint measure membarrier), and shows what a guest counted beside."),
                List.of(
                        new Synopsis.Option(
                                "--from", "FOLDER", "with the recordings (default data/measured)"),
                        new Synopsis.Option(
                                "--base",
                                "MACHINE",
                                "whose other prices stay (default "
                                        + BASE
                                        + "; "
                                        + String.join(", ", Hardware.names())
                                        + ")"),
                        new Synopsis.Option(
                                "--write",
                                "FILE",
                                "writes the price list there, for Hardware.read")),
                List.of(
                        "0   calibrated",
                        "64  wrong usage",
                        "65  no recording to calibrate by, or one that cannot be relied on",
                        "73  the price list cannot be written"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        Hardware base;
        try {
            base = Hardware.named(arguments.value("--base").orElse(BASE));
        } catch (IllegalArgumentException e) {
            throw synopsis().usage(String.valueOf(e.getMessage()));
        }
        Path folder = arguments.value("--from").map(Path::of).orElseGet(checkout::measurements);
        if (!Files.isDirectory(folder))
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    folder + ": no such folder; --from names one with recordings");
        CalibratedMachine found;
        try {
            found = CalibratedMachine.of(folder, base);
        } catch (Refused e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()));
        }
        print(found);
        Optional<Path> out = arguments.value("--write").map(Path::of);
        if (out.isPresent()) write(out.get(), found);
        return ExitCode.FINE;
    }

    private static void print(CalibratedMachine found) {
        System.out.println("measured on " + found.title());
        found.fits().forEach(fit -> print(fit, found.base()));
        System.out.println("\nnot measured, and so as in " + found.base().name() + ":");
        for (Quantity quantity : Quantity.values()) {
            if (found.fit(quantity).isPresent()) continue;
            Price price = Objects.requireNonNull(found.base().prices().get(quantity));
            System.out.printf(
                    Locale.ROOT,
                    "  %-16s %8.1f ns  %-9s  %s%n",
                    quantity.word(),
                    price.ns(),
                    price.basis(),
                    price.source());
        }
        if (found.periods().isEmpty())
            System.out.println(
                    "\nno grace period that waits for ticks is recorded (where /sys/kernel/rcu_expedited is"
                            + " not 0, none does)");
        else
            System.out.println(
                    "\ngrace periods, in ticks of their kernel: no prices, since the simulator has ticks too:");
        for (CalibratedMachine.Period each : found.periods())
            System.out.printf(
                    Locale.ROOT,
                    "  %7.3f, at least %.3f (n %d)  %s (%s)%n",
                    each.ticks(),
                    each.least(),
                    each.n(),
                    each.what(),
                    each.source());
        if (found.instructions().isEmpty()) return;
        System.out.println(
                "\ncounted in a guest, in instructions: lengths of paths, and so no prices (no caches, no"
                        + " other CPU):");
        for (CalibratedMachine.Counted each : found.instructions())
            System.out.printf(
                    Locale.ROOT,
                    "  %10.0f  %s (%s)%n",
                    each.instructions(),
                    each.what(),
                    each.source());
    }

    private static void print(Fit fit, Hardware base) {
        System.out.printf(
                Locale.ROOT,
                "%n%-16s %8.2f ns  measured; %.1f in %s%n  %s%n  from %s%n",
                fit.quantity().word(),
                fit.ns(),
                base.ns(fit.quantity()),
                base.name(),
                fit.model(),
                fit.source());
        if (fit.residuals().size() == 1)
            System.out.println("  one value for one price: nothing can be left over");
        for (Fit.Residual each : fit.residuals())
            System.out.printf(
                    Locale.ROOT,
                    "  %12.2f ns measured (n %d), %.2f by the model, %+.1f %%: %s%n",
                    each.measuredNs(),
                    each.n(),
                    each.fittedNs(),
                    each.percent(),
                    each.what());
    }

    private static void write(Path out, CalibratedMachine found) throws IOException {
        try {
            AtomicFile.write(out, found.csv().getBytes(StandardCharsets.UTF_8));
        } catch (NotebookException e) {
            throw new CommandException(ExitCode.UNWRITABLE, String.valueOf(e.getMessage()));
        }
        System.out.println(
                "\n" + out + ": a price list, " + found.fits().size() + " prices measured");
    }
}
