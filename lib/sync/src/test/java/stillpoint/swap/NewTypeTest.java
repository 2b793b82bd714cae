package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stillpoint.check.Checker;
import stillpoint.check.Reductions;
import stillpoint.evidence.Table;
import stillpoint.machine.Config;

class NewTypeTest {
    private static final String NULL = "NULL dereference";

    @Test
    void todaysBarriersAndBoundTestKeepEveryTypeSafe() {
        assertThat(word(NewType.AS_TODAY)).isEqualTo("safe");
    }

    @Test
    void aCountThatGrowsBeforeItsPointerIsThereIsFound() {
        assertThat(word(NewType.COUNT_FIRST)).startsWith(NULL);
    }

    @Test
    void aPointerLoadedBeforeTheCountIsFound() {
        assertThat(word(NewType.POINTER_LOADED_FIRST)).startsWith(NULL);
    }

    @Test
    void withoutABoundTestAReaderUsesATypeThatIsNotThere() {
        assertThat(word(NewType.NO_BOUND_TEST)).startsWith(NULL);
    }

    @Test
    void withoutBarriersInterleavingsDecideNothing() {
        assertThat(word(NewType.WITHOUT_BARRIERS)).isEqualTo("open: needs the memory model");
    }

    @Test
    void insideTheStopNeitherOrderOfStoresOrLoadsMattersAndTheCountIsAConstant() {
        assertThat(word(NewType.INSIDE_THE_STOP)).isEqualTo("safe");
    }

    @Test
    void preemptionOffAloneDoesNotMakeTheCountAConstant() {
        assertThat(word(NewType.CONSTANT_WITHOUT_A_STOP)).contains("nr_swapfiles is a constant");
    }

    /// The stop is one moment to a reader, whose loads in the order of the program cannot be
    /// fooled; but nothing keeps them in that order.
    @Test
    void readersThatLeavePreemptionOnNeedTheirBarrierAllTheSame() {
        assertThat(word(NewType.INSIDE_THE_STOP_PREEMPTIBLE_READERS))
                .isEqualTo("open: needs the memory model");
        assertThat(word(NewType.INSIDE_THE_STOP_PREEMPTIBLE_READERS_POINTER_LOADED_FIRST))
                .startsWith(NULL);
    }

    @Test
    void withoutKernelPreemptionTheStopNeverComesBetweenTwoLoads() {
        var swapped = NewType.INSIDE_THE_STOP_PREEMPTIBLE_READERS_POINTER_LOADED_FIRST.model(2);
        assertThat(Checker.of(Config.PREEMPT_N_4_19).check(swapped).word()).isEqualTo("safe");
    }

    @Test
    void noReductionChangesAVerdict() {
        for (NewType variant : NewType.values()) {
            Checker all = Checker.of(Config.PREEMPT_Y_4_20);
            assertThat(all.with(Reductions.NONE).check(variant.model(2)).word())
                    .as(variant.name())
                    .isEqualTo(all.check(variant.model(2)).word());
        }
    }

    @Test
    void theCountsAreThoseOfTheGoldenFile() throws IOException {
        var lines = new ArrayList<String>();
        for (int readers = 1; readers <= 3; readers++)
            lines.addAll(lines(NewType.table(readers, Config.PREEMPT_Y_4_20)));
        Golden.matches("swap-new-type.txt", lines);
    }

    @Test
    void aModelWithoutReadersIsRefused() {
        assertThatThrownBy(() -> NewType.AS_TODAY.model(0)).hasMessageContaining("readers = 0");
    }

    static List<String> lines(Table table) {
        return table.rows().stream()
                .map(row -> table.title() + " | " + String.join(" | ", row))
                .toList();
    }

    private static String word(NewType variant) {
        var verdict = Checker.of(Config.PREEMPT_Y_4_20).check(variant.model(2));
        return new Answer(verdict, variant.needsMemoryModel()).word();
    }
}
