package stillpoint.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// The declarations of a model: what may be declared, and what is refused with a reason.
class MemoryTest {
    private final Memory memory = new Memory();

    @Test
    void declaringANameAgainGivesTheSameVariable() {
        assertThat(memory.word("p->flags", 2, 1)).isEqualTo(memory.word("p->flags", 2, 1));
        assertThat(memory.variables()).hasSize(1);
    }

    @Test
    void declaringItWithAnotherShapeIsRefused() {
        memory.word("p->flags", 2, 1);
        assertThatThrownBy(() -> memory.word("p->flags", 3, 1))
                .hasMessageContaining("p->flags is declared twice");
    }

    @Test
    void aWordHas1To16Bits() {
        assertThatThrownBy(() -> memory.word("x", 17, 0))
                .hasMessageContaining("17 bits: a variable has 1 to 16");
    }

    @Test
    void anInitialValueFits() {
        assertThatThrownBy(() -> memory.word("x", 2, 4))
                .hasMessageContaining("initial value 4 does not fit in 2 bits");
    }

    @Test
    void aKindHasOneToSixSlots() {
        assertThatThrownBy(() -> memory.kind("map", 7)).hasMessageContaining("map: 7 slots");
        memory.kind("map", 2);
        assertThatThrownBy(() -> memory.kind("map", 3))
                .hasMessageContaining("declared with 2 slots and again with 3");
    }

    @Test
    void noMoreObjectsExistAtTheStartThanThereAreSlots() {
        Kind map = memory.kind("map", 1);
        memory.pointer("p", map);
        memory.pointer("p", map);
        assertThatThrownBy(() -> memory.pointer("q", map))
                .hasMessageContaining("q: 2 objects of map");
    }

    @Test
    void aFieldBelongsToItsKind() {
        Field<Val> count = memory.field(memory.kind("map", 1), "count", 2, 0);
        Cell<Ptr> other = memory.pointer("info", memory.kind("cluster_info", 1));
        assertThatThrownBy(() ->
                        Recorded.program(cpu -> cpu.read(cpu.read(other).at(count)).ignored()))
                .hasMessageContaining("count is not a field of cluster_info");
    }

    @Test
    void aPointerHasRoomForNullEverySlotAndDangling() {
        assertThat(memory.kind("map", 2).pointerBits()).isEqualTo(2);
        assertThat(memory.kind("info", 3).pointerBits()).isEqualTo(3);
    }

    @Test
    void aNamedValueIsShownByItsName() {
        Cell<Val> state = memory.named(memory.word("state", 2, 0), "INIT", "START");
        assertThat(memory.meaning(state.place().variable(), 1)).isEqualTo("START");
        assertThat(memory.meaning(state.place().variable(), 3)).isEqualTo("3");
    }
}
