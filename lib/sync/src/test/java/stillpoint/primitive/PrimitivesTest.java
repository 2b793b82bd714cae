package stillpoint.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each primitive refines its specification and comes back, and a mistake in it is caught, exactly
/// as `data/golden/primitives.txt` says.
class PrimitivesTest {
    private static final Path FILE = Path.of("../../data/golden/primitives.txt");
    private static final String HEADER =
            """
            # What is found about each waiting primitive: primitive | question | bounds | answer | states | shown by.
            # Regenerate: mvn -q -Dquick -pl lib/sync test -Dexcluded.tests= -Dgolden.update=true (then read the diff).
            """;

    /// Those that take more than a few seconds.
    private static final Set<String> SLOW = Set.of("SRCU", "percpu_ref, switched", "RCU, tree");

    private static List<String> recorded = List.of();

    @BeforeAll
    static void read() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            var text = new StringBuilder(HEADER);
            for (String name : Primitives.names())
                for (Finding finding : Primitives.findings(name)) text.append(finding).append('\n');
            Files.writeString(FILE, text);
        }
        recorded = Files.readAllLines(FILE).stream().filter(l -> !l.startsWith("#")).toList();
    }

    private static Stream<String> quick() {
        return Primitives.names().stream().filter(name -> !SLOW.contains(name));
    }

    private static Stream<String> slow() {
        return SLOW.stream().sorted();
    }

    private static List<String> recorded(String name) {
        return recorded.stream().filter(line -> line.startsWith(name + " | ")).toList();
    }

    @ParameterizedTest
    @MethodSource("quick")
    void whatIsFoundIsWhatIsRecorded(String name) {
        assertThat(Primitives.findings(name))
                .extracting(Finding::toString)
                .containsExactlyElementsOf(recorded(name));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("slow")
    void whatIsFoundInMinutesIsWhatIsRecorded(String name) {
        assumeFalse(Boolean.getBoolean("golden.update"), "just regenerated");
        whatIsFoundIsWhatIsRecorded(name);
    }

    @Test
    void theFileIsAboutThesePrimitives() {
        assertThat(recorded.stream().map(line -> line.split(" \\| ")[0]).distinct())
                .containsExactlyElementsOf(Primitives.names());
    }

    @Test
    void everyImplementationRefinesItsSpecification() {
        assertThat(answers("refines its specification"))
                .hasSize(Primitives.names().size())
                .containsOnly("refines");
    }

    @Test
    void everyMistakeIsCaught() {
        assertThat(answers("mistake: ")).hasSizeGreaterThan(10).containsOnly("does not refine");
    }

    /// What is not the primitive's fault is said too: nothing queues for a test-and-set lock, and
    /// nothing keeps newcomers from a plain reference count.
    @Test
    void onlyTheTwoThatPromiseNothingOfTheKindMayWaitForEver() {
        var broken = new ArrayList<String>();
        for (String line : recorded)
            if (line.contains(" | broken | ")) broken.add(line.split(" \\| ")[0]);
        assertThat(broken).containsExactly("spin lock, test and set", "plain refcount");
    }

    @Test
    void theTableHasARowForEachFinding() {
        String name = "plain refcount";
        assertThat(Primitives.table(List.of(name)).rows()).hasSize(recorded(name).size());
    }

    @Test
    void aPrimitiveThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Primitives.findings("futex"))
                .hasMessageContaining("the primitives are");
    }

    private static List<String> answers(String question) {
        return recorded.stream()
                .map(line -> line.split(" \\| "))
                .filter(cells -> cells[1].startsWith(question))
                .map(cells -> cells[3])
                .toList();
    }
}
