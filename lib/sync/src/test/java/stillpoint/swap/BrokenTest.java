package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokenTest {
    /// What a broken design has of its own: it may not be asked with other readers, is not broken
    /// again, and goes through its own halves of swapoff.
    private static final Set<String> ITS_OWN =
            Set.of("flavour", "flavours", "in", "brokenSiblings", "teardown");

    /// A method that is added to designs and forgotten here would make siblings that are broken in
    /// more than they say.
    @Test
    void whateverADesignMayChangeABrokenOneHandsOn() {
        assertThat(Arrays.stream(SwapDesign.class.getMethods()))
                .filteredOn(method -> !ITS_OWN.contains(method.getName()))
                .allSatisfy(method -> assertThat(declaredBy(method)).isEqualTo(Broken.class));
    }

    @Test
    void everySiblingGoesByTheNameItIsListedUnder() {
        for (SwapDesign design : Designs.all())
            for (Sibling sibling : design.brokenSiblings())
                assertThat(Designs.nameOf(sibling.design()))
                        .isEqualTo(design.id() + "/" + sibling.name());
    }

    @Test
    void theSameMistakeInTwoDesignsIsNotRecordedAsOne() {
        assertThat(programs(new Broken.PutBeforeUse(new StopMachineV7())))
                .isSameAs(programs(new Broken.PutBeforeUse(new StopMachineV7())))
                .isNotEqualTo(programs(new Broken.PutBeforeUse(new RcuV8())));
    }

    private static SwapPrograms programs(SwapDesign design) {
        return SwapPrograms.of(design, Scenario.SWAPOFF, DeviceKind.SSD);
    }

    private static Class<?> declaredBy(Method method) throws NoSuchMethodException {
        return Broken.class
                .getMethod(method.getName(), method.getParameterTypes())
                .getDeclaringClass();
    }
}
