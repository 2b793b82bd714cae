package stillpoint.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stillpoint.measure.Host;
import stillpoint.measure.Measured;
import stillpoint.measure.Measurements;
import stillpoint.measure.Provenance;
import stillpoint.measure.Refused;
import stillpoint.measure.Unit;
import stillpoint.simulate.Hardware;
import stillpoint.simulate.Quantity;
import stillpoint.statistics.Values;

class CalibratedMachineTest {
    private static final Hardware BASE = Hardware.named("i7-8750h");

    @TempDir Path folder;

    @Test
    void pricesThatMadeTheFiguresAreFoundAgain() throws IOException {
        readers(1000, 6000, 7000);
        CalibratedMachine found = CalibratedMachine.of(folder, BASE);
        assertThat(ns(found, Quantity.HIT)).isEqualTo(0.5);
        assertThat(ns(found, Quantity.ATOMIC)).isCloseTo(6, within(1e-9));
        assertThat(ns(found, Quantity.FULL_FENCE)).isCloseTo(7, within(1e-9));
        assertThat(found.fits())
                .allSatisfy(fit ->
                        assertThat(fit.residuals())
                                .allSatisfy(
                                        r -> assertThat(r.percent()).isCloseTo(0, within(1e-9))));
    }

    @Test
    void whatTheModelDoesNotExplainIsLeftOver() throws IOException {
        write(
                CalibratedMachine.READERS,
                List.of(
                        row("plain flag", 1000),
                        row("reference count", 11_000),
                        row("striped reference count", 13_000)));
        Fit fit = fit(Quantity.ATOMIC);
        assertThat(fit.ns()).isEqualTo(5.5);
        assertThat(fit.residuals().getFirst().percent()).isCloseTo(100.0 / 11, within(1e-9));
    }

    @Test
    void anInterruptIsWhatItsCommandTakesOverOneWithout() throws IOException {
        membarrier(1200, 48_200, 150);
        double rest =
                BASE.ns(Quantity.SEND_IPI)
                        + BASE.ns(Quantity.INTERRUPT)
                        + BASE.ns(Quantity.FROM_SOCKET);
        assertThat(fit(Quantity.IPI).ns()).isCloseTo(47_000 - rest, within(1e-6));
    }

    @Test
    void tooFewInterruptsAreNoFit() throws IOException {
        membarrier(1200, 48_200, 99);
        assertThat(CalibratedMachine.of(folder, BASE).fit(Quantity.IPI)).isEmpty();
    }

    @Test
    void whatWasNotMeasuredStaysAsItWas() throws IOException {
        readers(1000, 6000, 7000);
        assertThat(CalibratedMachine.of(folder, BASE).hardware().prices().get(Quantity.SWITCH))
                .isEqualTo(BASE.prices().get(Quantity.SWITCH));
    }

    @Test
    void thePriceListIsOneThatLoads() throws IOException {
        readers(1000, 6000, 7000);
        CalibratedMachine found = CalibratedMachine.of(folder, BASE);
        Hardware read = Hardware.read("own", found.csv().lines().toList());
        assertThat(read.ns(Quantity.ATOMIC)).isEqualTo(6);
        assertThat(Objects.requireNonNull(read.prices().get(Quantity.ATOMIC)).basis())
                .isEqualTo("measured");
        assertThat(Objects.requireNonNull(read.prices().get(Quantity.ATOMIC)).source())
                .startsWith("data/measured/jvm-readers.csv sha256 ");
    }

    @Test
    void whatAGuestCountedIsShownAndNoPrice() throws IOException {
        readers(1000, 6000, 7000);
        var values = new Values().add(4610);
        write(
                "guest-icount.csv",
                List.of(Measured.of("a stop", "idle", 1, Unit.INSTRUCTIONS, values)));
        CalibratedMachine found = CalibratedMachine.of(folder, BASE);
        assertThat(found.instructions())
                .containsExactly(
                        new CalibratedMachine.Counted(
                                "a stop, idle, 1 CPU", 4610, "guest-icount.csv"));
        assertThat(found.fits()).hasSize(3);
    }

    @Test
    void aGracePeriodIsInTicksOfItsKernel() throws IOException {
        readers(1000, 6000, 7000);
        var values = new Values().add(12_000_000);
        Measurements guest =
                new Measurements(
                        where("a guest", "250"),
                        List.of(Measured.of("synchronize_rcu", "idle", 1, Unit.NS, values)),
                        true);
        Files.writeString(folder.resolve("guest-icount.csv"), guest.csv());
        assertThat(CalibratedMachine.of(folder, BASE).periods())
                .containsExactly(
                        new CalibratedMachine.Period(
                                "synchronize_rcu, idle, 1 CPU", 3, 3, 1, "guest-icount.csv"));
    }

    @Test
    void aKernelThatExpeditesEveryGracePeriodHasNoneInTicks() throws IOException {
        Measurements running =
                new Measurements(
                        where("a test", "250").with("grace periods", Host.EXPEDITED),
                        List.of(
                                Measured.of(
                                        "MEMBARRIER_CMD_GLOBAL",
                                        "idle",
                                        2,
                                        Unit.NS,
                                        new Values().add(40_000))),
                        true);
        Files.writeString(folder.resolve(CalibratedMachine.MEMBARRIER), running.csv());
        assertThat(CalibratedMachine.of(folder, BASE).periods()).isEmpty();
    }

    @Test
    void noRecordingIsRefused() {
        assertThatThrownBy(() -> CalibratedMachine.of(folder, BASE))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("has neither jvm-readers.csv nor membarrier.csv");
    }

    @Test
    void aRecordingThatWasEditedIsRefused() throws IOException {
        readers(1000, 6000, 7000);
        Path file = folder.resolve(CalibratedMachine.READERS);
        Files.writeString(file, Files.readString(file).replace("cpu: a test", "cpu: another"));
        assertThatThrownBy(() -> CalibratedMachine.of(folder, BASE)).isInstanceOf(Refused.class);
    }

    @Test
    void twoMachinesAreRefused() throws IOException {
        readers(1000, 6000, 7000);
        Files.writeString(
                folder.resolve(CalibratedMachine.MEMBARRIER),
                new Measurements(where("another"), List.of(row("a call", 1)), true).csv());
        assertThatThrownBy(() -> CalibratedMachine.of(folder, BASE))
                .hasMessageContaining("a calibration is of one machine");
    }

    private Fit fit(Quantity quantity) throws IOException {
        return CalibratedMachine.of(folder, BASE).fit(quantity).orElseThrow();
    }

    private static double ns(CalibratedMachine found, Quantity quantity) {
        return found.fit(quantity).orElseThrow().ns();
    }

    /// @param p picoseconds of a section, `a` of an atomic, `f` of a fence
    private void readers(long p, long a, long f) throws IOException {
        long epoch = p + 900;
        write(
                CalibratedMachine.READERS,
                List.of(
                        row("plain flag", p),
                        row("reference count", p + 2 * a),
                        row("striped reference count", p + 2 * a),
                        row("epoch and membarrier", epoch),
                        row("epoch and fence", epoch + f),
                        row("srcu", epoch + 2 * f)));
    }

    private void membarrier(long alone, long interrupted, int times) throws IOException {
        var loaded = new Values();
        for (int i = 0; i < 1000; i++) loaded.add(alone);
        for (int i = 0; i < times; i++) loaded.add(interrupted);
        String what = "MEMBARRIER_CMD_PRIVATE_EXPEDITED";
        write(
                CalibratedMachine.MEMBARRIER,
                List.of(
                        Measured.of(what, "idle", 2, Unit.NS, new Values().add(alone)),
                        Measured.of(what, "load 1", 2, Unit.NS, loaded)));
    }

    private void write(String file, List<Measured> rows) throws IOException {
        Files.writeString(
                folder.resolve(file),
                new Measurements(where("a test"), new ArrayList<>(rows), true).csv());
    }

    private static Measured row(String scheme, long ps) {
        return Measured.of(scheme, "1 reader", 1, Unit.PS, new Values().add(ps));
    }

    private static Provenance where(String cpu) {
        return where(cpu, Provenance.UNKNOWN);
    }

    private static Provenance where(String cpu, String hz) {
        return new Provenance(
                "a machine",
                cpu,
                2,
                "6.18",
                Provenance.UNKNOWN,
                hz,
                "host",
                "mvn test",
                LocalDate.of(2026, 11, 25),
                Map.of());
    }
}
