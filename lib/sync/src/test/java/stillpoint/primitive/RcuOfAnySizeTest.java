package stillpoint.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import stillpoint.check.Refinement;
import stillpoint.evidence.Conformance;
import stillpoint.machine.Model;
import stillpoint.primitive.ReportTree.Grain;
import stillpoint.primitive.ScaledRcu.Version;
import stillpoint.program.Memory;

/// Tree RCU in verbs and in pieces, and within larger bounds than the golden file has.
class RcuOfAnySizeTest {
    private static final Model VERBS = model(RcuOfAnySize.ONE_READER.in(Grain.STEPS));
    private static final Model PIECES = model(RcuOfAnySize.ONE_READER);

    private static Model model(RcuOfAnySize client) {
        return client.implementation(Version.KERNEL);
    }

    private static void refines(Model one, Model other) {
        assertThat(Refinement.of(one, other).verdict()).isInstanceOf(Conformance.Refines.class);
    }

    @Test
    void whatIsSeenVerbByVerbIsSeenInPiecesToo() {
        refines(VERBS, PIECES);
    }

    @Test
    void whatIsSeenInPiecesIsSeenVerbByVerbToo() {
        refines(PIECES, VERBS);
    }

    @Test
    void aNodeThatHasNoPlaceIsRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> ReportTree.small(new Memory(), 2, 1, Grain.STEPS))
                .hasMessageContaining("3 nodes over 2 CPUs");
    }

    /// A minute, and more than a million states.
    @Tag("slow")
    @Test
    void twoSectionsEachUnderTwoLeavesRefineTheSpecificationToo() {
        var larger = new RcuOfAnySize(2, 2, 2, 1, Grain.PIECES);
        refines(model(larger), larger.specification());
    }
}
