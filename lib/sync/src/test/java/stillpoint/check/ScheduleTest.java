package stillpoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stillpoint.check.Schedule.Turn;

/// A schedule as a short text and back.
class ScheduleTest {
    @Test
    void theTextNamesCpuWayAndTimes() {
        assertThat(
                        new Schedule(
                                List.of(
                                        new Turn(0, 0),
                                        new Turn(0, 0),
                                        new Turn(11, 1),
                                        new Turn(0, 0))))
                .hasToString("0x2.11b.0");
    }

    @RepeatedTest(20)
    void textAndBackIsTheSame(RepetitionInfo repetition) {
        Schedule schedule = drawn(repetition.getCurrentRepetition());
        assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
    }

    @Test
    void aRunOfNoTransitionsHasATextToo() {
        assertThat(Schedule.parse(new Schedule(List.of()).toString()).turns()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "x", "0x", "0..1", "0x5.", "-1", "1B", "0x99999", "100", "0 1", "0x5,1x7",
                "zürich", "0x5\n"
            })
    void garbageIsNamedWithWhatAScheduleLooksLike(String garbage) {
        assertThatThrownBy(() -> Schedule.parse(garbage))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a schedule is parts like 0x5 or 1b");
    }

    @Test
    void aScheduleHasAtMostTenThousandTransitions() {
        assertThatThrownBy(() -> Schedule.parse("0x9999.1x9999"))
                .hasMessageContaining("at most 10000 transitions");
    }

    private static Schedule drawn(int seed) {
        var random = new Random(seed);
        var turns = new ArrayList<Turn>();
        for (int t = 1 + random.nextInt(30); t > 0; t--)
            turns.add(new Turn(random.nextInt(3) * 6, random.nextInt(3)));
        return new Schedule(turns);
    }
}
