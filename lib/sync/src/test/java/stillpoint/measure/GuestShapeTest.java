package stillpoint.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestShapeTest {
    private static final List<String> GOOD =
            List.of(
                    "synchronize_rcu,idle,1,ns,12000954",
                    "synchronize_rcu_expedited,idle,1,instructions,6324",
                    "percpu_ref kill to release,idle,1,ns,11999717",
                    "swapoff's wait,idle,1,ns,11999720",
                    "swapoff's wait,idle; rcu_expedited=1,1,ns,11999706",
                    "synchronize_rcu,idle; rcu_expedited=1,1,ns,6346",
                    "stop_machine(NULL),idle,1,instructions,4621",
                    "stop_machine(all),idle,1,instructions,4604",
                    "1000 shared atomic pairs,idle,1,instructions,4056",
                    "1000 percpu_ref pairs,idle,1,instructions,42061",
                    "of it synchronize_rcu,0 readers; traced,1,ns,10020350",
                    "swapoff by the function graph,0 readers; traced,1,ns,15313750");

    private static Measurements measured(List<String> rows, String hz) {
        var lines = new ArrayList<>(rows.stream().map(row -> "SP," + row).toList());
        lines.add("SP,done");
        return new Measurements(
                new Provenance(
                        "m", "c", 1, "6.1", "HZ", hz, "qemu", "x", LocalDate.EPOCH, Map.of()),
                GuestReport.of(lines, "").rows(),
                true);
    }

    @Test
    void aKernelAsItIsHasTheShape() {
        assertThat(GuestShape.of(measured(GOOD, "250"))).allMatch(GuestShape::holds).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "synchronize_rcu,idle,1,ns,12000954|synchronize_rcu,idle,1,ns,10900000|whole ticks",
                "synchronize_rcu,idle,1,ns,12000954|synchronize_rcu,idle,1,ns,5000|whole ticks",
                "percpu_ref kill to release,idle,1,ns,11999717|percpu_ref kill to release,idle,1,ns,6000000|whole ticks",
                "instructions,6324|instructions,100000|less than 100 us",
                "1,ns,6346|1,ns,12000000|with rcu_expedited",
                "1,ns,11999706|1,ns,6346|does not speed up",
                "instructions,4604|instructions,9604|as long with no mask",
                "instructions,42061|instructions,4000|shared counter",
                "1,ns,15313750|1,ns,9313750|swapoff takes longer"
            })
    void eachClaimCanFail(String good, String bad, String claim) {
        var rows = GOOD.stream().map(row -> row.replace(good, bad)).toList();
        assertThat(GuestShape.of(measured(rows, "250")))
                .filteredOn(shape -> !shape.holds())
                .singleElement()
                .asString()
                .startsWith("FAILS: ")
                .contains(claim);
    }

    @Test
    void aRowThatIsMissingIsNamed() {
        assertThatThrownBy(() -> GuestShape.of(measured(GOOD.subList(1, GOOD.size()), "250")))
                .hasMessageContaining("no row \"synchronize_rcu, idle\"");
        assertThatThrownBy(() -> GuestShape.of(measured(GOOD, Provenance.UNKNOWN)))
                .hasMessageContaining("hz = unknown");
    }
}
