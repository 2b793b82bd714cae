package stillpoint.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import stillpoint.machine.Agent;
import stillpoint.machine.Model;
import stillpoint.program.Flow;
import stillpoint.program.Step;

class RecordedDesignsTest {
    @Test
    void everyDesignAndSiblingRecordsToTheGraphsWeKnow() throws IOException {
        var lines = new ArrayList<String>();
        for (SwapDesign design : Designs.all()) {
            lines.add(size(design.id(), design, DeviceKind.SSD));
            lines.add(size(design.id() + " on sync", design, DeviceKind.SYNC));
            for (Sibling sibling : design.brokenSiblings())
                lines.add(
                        size(
                                design.id() + "/" + sibling.name(),
                                sibling.design(),
                                sibling.device()));
        }
        Golden.matches("swap-graphs.txt", lines);
    }

    @Test
    void noReadGoesUnasked() {
        Designs.all().stream()
                .flatMap(design ->
                        Stream.of(DeviceKind.values())
                                .flatMap(device ->
                                        SwapModel.of(design, 1, true, device).agents().stream()))
                .forEach(agent -> assertThat(agent.program().unasked()).isEmpty());
    }

    @Test
    void aGraphDoesNotDependOnTheNumberOfReaders() {
        for (SwapDesign design : Designs.all())
            assertThat(nodes(SwapModel.of(design, 8, true, DeviceKind.SSD)))
                    .isEqualTo(nodes(SwapModel.of(design, 1, true, DeviceKind.SSD)));
    }

    /// The recorder is never told how many CPUs there are: the same graph is for 2 and for 8192.
    @Test
    void aWalkOverAllCpusIsOneNodeWhateverTheirNumber() {
        Model model = SwapModel.of(new PercpuRefPerCpu(), 1, true, DeviceKind.SSD);
        Flow swapoff = model.agents().getLast().program().flow();
        assertThat(swapoff.nodes().stream().filter(n -> n.step() instanceof Step.NextCpu))
                .hasSize(2);
    }

    @Test
    void aDesignMayAddMembersToTheStructure() {
        Model model = SwapModel.of(new PercpuRefPerCpu(), 1, true, DeviceKind.SSD);
        assertThat(model.memory().variables())
                .extracting(v -> v.name() + (v.perCpu() ? " of each CPU" : ""))
                .contains("users.percpu_count of each CPU", "users.count", "comp");
    }

    private static List<Integer> nodes(Model model) {
        return model.agents().stream().map(a -> a.program().flow().nodes().size()).toList();
    }

    private static String size(String name, SwapDesign design, DeviceKind device) {
        var words = new ArrayList<String>(List.of(name + ":"));
        for (Agent agent : SwapModel.of(design, 1, true, device).agents())
            words.add(
                    agent.name()
                            + " "
                            + agent.program().flow().visibleSteps()
                            + " steps, "
                            + agent.program().flow().nodes().size()
                            + " nodes;");
        return String.join(" ", words);
    }
}
