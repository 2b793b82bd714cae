package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import stillpoint.evidence.Table;

class StepMapTest {
    private static final int LINE = 2;
    private static final int MODEL = 3;
    private static final List<Table> TABLES = StepMap.tables();

    @Test
    void everyStepHasALineOrAReason() {
        for (Table table : TABLES)
            for (List<String> row : table.rows())
                assertThat(row.get(LINE).isEmpty())
                        .as(row.toString())
                        .isEqualTo(row.get(MODEL).startsWith("left out, because "));
    }

    @Test
    void everyNumberedStepOfTheKernelIsThere() {
        assertThat(numbers(0))
                .contains("1", "2", "3", "4", "5", "5 i", "5 ii", "5 iii", "5 iv", "6", "7");
        assertThat(numbers(1)).contains("1", "2", "3", "4", "5", "6");
        assertThat(numbers(3))
                .contains(
                        "get 1", "get 2", "get 3", "get 4", "get 5", "get 6", "put", "users",
                        "swapon", "swapoff");
        assertThat(numbers(4)).contains("get", "put", "swapon", "swapoff");
    }

    @Test
    void whatMayNotBeLeftOutIsNot() {
        for (String must :
                List.of(
                        "compare the entry again",
                        "SWAP_HAS_CACHE",
                        "try_to_unuse",
                        "reinsert_swap_info",
                        "vfree(swap_map)",
                        "kvfree(cluster_info)",
                        "exit_swap_address_space: free the array"))
            assertThat(
                            TABLES.stream()
                                    .flatMap(t -> t.rows().stream())
                                    .filter(r -> r.get(1).contains(must)))
                    .as(must)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.get(LINE)).isNotEmpty());
    }

    @Test
    void everyLineIsALineOfTheModelThatTakesAStep() throws IOException {
        for (Table table : TABLES)
            for (List<String> row : table.rows()) {
                if (row.get(LINE).isEmpty()) continue;
                String[] site = row.get(LINE).split(":");
                List<String> source =
                        Files.readAllLines(Path.of("src/main/java/stillpoint/swap", site[0]));
                String line = source.get(Integer.parseInt(site[1]) - 1);
                assertThat(line)
                        .as(row.toString())
                        .containsPattern("cpu\\.|\\.(has|lacks|is|isNot|below)\\(");
            }
    }

    @Test
    void theFieldsGoInTheOrderOfTheKernel() {
        List<String> order = TABLES.get(1).rows().stream().map(r -> r.get(MODEL)).toList();
        assertThat(order)
                .containsSubsequence(
                        "p->swap_file = NULL",
                        "p->max = 0",
                        "p->swap_map = NULL",
                        "p->cluster_info = NULL");
    }

    @Test
    void theSizeOfTheProgramsIsATable() {
        Table size = StepMap.size(SwapModel.of(new StopMachineV7(), 3, true, DeviceKind.SSD));
        assertThat(size.rows()).extracting(List::getFirst).containsExactly("reader", "swapoff");
    }

    private List<String> numbers(int table) {
        return TABLES.get(table).rows().stream().map(List::getFirst).distinct().toList();
    }
}
