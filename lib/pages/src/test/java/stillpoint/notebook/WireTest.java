package stillpoint.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Messages on the wire.
class WireTest {
    private static List<byte[]> message(String key) {
        return new Wire(key, "session").encode("m1", "status", Fakes.metadata(), Fakes.metadata().put("execution_state", "idle"));
    }

    @Test
    void aMessageOfTheSameKeyIsReadWithItsIdentitiesAndBuffers() {
        var frames = new ArrayList<byte[]>();
        frames.add("identity".getBytes(StandardCharsets.US_ASCII));
        frames.addAll(message("k"));
        frames.add(new byte[] {1, 2, 3});
        assertThat(new Wire("k", "other").decode(frames))
                .hasValueSatisfying(read -> assertThat(read.content().path("execution_state").asText()).isEqualTo("idle"));
    }

    @Test
    void aChangedByteAnotherKeyAndAShortMessageAreRefused() {
        var changed = message("k");
        changed.get(5)[0] = ' ';
        assertThat(new Wire("k", "s").decode(changed)).isEmpty();
        assertThat(new Wire("other", "s").decode(message("k"))).isEmpty();
        assertThat(new Wire("k", "s").decode(message("k").subList(0, 4))).isEmpty();
        assertThat(new Wire("k", "s").decode(List.of())).isEmpty();
    }

    @Test
    void anEmptyKeySignsNothing() {
        assertThat(message("").get(1)).isEmpty();
        assertThat(new Wire("", "s").decode(message(""))).isPresent();
    }
}
