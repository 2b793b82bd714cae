package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stillpoint.evidence.Trace;

/// A race as commit messages draw it.
class TraceTextTest {
    static Stream<Trace> traces() {
        return Stream.of(Samples.small(), Samples.large(), Samples.wide(), Samples.deadlock());
    }

    @Test
    void twoCpusAreTwoColumnsAndCaretsMarkWhatBreaks() {
        assertThat(TraceText.ascii(Samples.small()))
                .isEqualTo(
                        """
                        CPU0 (page fault)               CPU1 (swapoff)
                        -----------------               --------------
                        __swap_duplicate()
                          READ p->flags -> 3
                                                        swapoff()
                                                          WRITE p->flags &= ~SWP_VALID
                                                          // p->flags: 3 -> 1
                                                          WRITE p->swap_map = NULL
                          READ p->swap_map -> NULL
                          READ map[offset]
                          ^^^^^^^^^^^^^^^^
                          NULL dereference of p->swap_map in __swap_duplicate()\
                        """
                                .indent(4)
                                .stripTrailing());
    }

    @Test
    void aDeadlockIsNoSteps() {
        assertThat(TraceText.ascii(Samples.deadlock()))
                .doesNotContain("^")
                .contains(
                        "=> Deadlock: CPU0 waits for p->users == 0 with preemption off, CPU2\n       waits for CPU0")
                .endsWith("(CPU1 (idle) takes no step)");
    }

    @Test
    void moreThanFourCpusAreANumberedList() {
        assertThat(TraceText.ascii(Samples.wide()))
                .contains("    1. CPU0 (page fault): get_swap_device():")
                .contains("<== Use after free");
    }

    @ParameterizedTest
    @MethodSource("traces")
    void aMailCanCarryIt(Trace trace) {
        int widest = TraceLines.of(trace).lanes().size() == 3 ? 79 : 75;
        assertThat(TraceText.text(trace).lines())
                .allMatch(line -> line.length() <= widest && line.equals(line.stripTrailing()));
        assertThat(TraceText.text(trace).chars()).allMatch(c -> c == '\n' || c >= ' ' && c < 127);
    }

    @ParameterizedTest
    @MethodSource("traces")
    void noStepIsLost(Trace trace) {
        String squeezed = TraceText.text(trace).replaceAll("\\s+", "");
        assertThat(trace.rows())
                .allMatch(row -> squeezed.contains(row.text().replaceAll("\\s+", "")));
    }

    @Test
    void theReplayStringIsTheLastLine() {
        assertThat(TraceText.text(Samples.small())).endsWith("\n\n    replay: d0-n2-0.1.1.0.0");
    }

    @Test
    void inASentenceEveryCpuIsNamedWhenItTakesOver() {
        assertThat(TraceText.sentence(Samples.small()))
                .isEqualTo(
                        "5 steps, 2 switches of CPU. CPU0 (page fault): READ p->flags -> 3. CPU1 (swapoff): WRITE p->flags &="
                                + " ~SWP_VALID; WRITE p->swap_map = NULL. CPU0 (page fault): READ p->swap_map -> NULL; READ map[offset]."
                                + " NULL dereference of p->swap_map in __swap_duplicate()");
    }
}
