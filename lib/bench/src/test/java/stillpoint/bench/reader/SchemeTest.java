package stillpoint.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What can be told of a scheme without chance; what takes chance is in [ReaderStress].
class SchemeTest {
    static Stream<Scheme.Kind> protecting() {
        return EnumSet.complementOf(EnumSet.of(Scheme.Kind.PLAIN_FLAG)).stream();
    }

    @ParameterizedTest
    @EnumSource
    void aReaderReadsWhatIsThere(Scheme.Kind kind) {
        Scheme scheme = kind.of(2);
        scheme.begin(0);
        assertThat(scheme.read(0)).isEqualTo(Scheme.ALIVE);
        scheme.end(0);
    }

    @ParameterizedTest
    @EnumSource
    void aReaderThatComesAfterwardsFindsItGone(Scheme.Kind kind) {
        Scheme scheme = kind.of(2);
        scheme.retract();
        scheme.begin(1);
        assertThat(scheme.read(1)).isEqualTo(Scheme.GONE);
        scheme.end(1);
    }

    @ParameterizedTest
    @MethodSource("protecting")
    void noReaderReadsWhatIsDestroyed(Scheme.Kind kind) throws InterruptedException {
        for (int round = 0; round < 200; round++)
            assertThat(read(kind.of(2))).doesNotContain(Scheme.DESTROYED).endsWith(Scheme.GONE);
    }

    @Test
    void aSchemeIsFoundByItsName() {
        for (Scheme.Kind kind : Scheme.Kind.values())
            assertThat(Scheme.Kind.named(kind.word())).isEqualTo(kind);
    }

    /// Everything different that a reader saw while the writer came, in its order.
    private static List<Integer> read(Scheme scheme) throws InterruptedException {
        var seen = new ArrayList<Integer>();
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            scheme.begin(0);
                            do {
                                int found = scheme.read(0);
                                if (seen.isEmpty() || seen.getLast() != found) seen.add(found);
                            } while (seen.getLast() != Scheme.GONE);
                            scheme.end(0);
                        });
        scheme.retract();
        reader.join();
        return seen;
    }
}
