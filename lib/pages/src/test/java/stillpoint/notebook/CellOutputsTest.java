package stillpoint.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Text as a terminal would have left it.
class CellOutputsTest {
    @Test
    void aCarriageReturnOverwritesItsLine() {
        assertThat(CellOutputs.settled("10 %\r50 %\r100 %\ndone\n")).isEqualTo("100 %\ndone\n");
        assertThat(CellOutputs.settled("a\r\nb\r\n")).isEqualTo("a\nb\n");
        assertThat(CellOutputs.settled("kept\r")).isEqualTo("kept\r");
    }

    @Test
    void aBackspaceTakesTheCharacterBeforeIt() {
        assertThat(CellOutputs.settled("abc\b\bX")).isEqualTo("aX");
        assertThat(CellOutputs.settled("\bx\n\by")).isEqualTo("\bx\n\by");
    }

    @Test
    void aHundredThousandProgressLinesTakeNoTime() {
        String progress = "working on it\r".repeat(100_000);
        assertThat(CellOutputs.settled(progress + "end")).isEqualTo("end");
    }
}
