package stillpoint.program;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.Consumer;

/// The plumbing of the tests of this package: records a body and shows what came of it.
final class Recorded {
    private Recorded() {}

    static Program program(Consumer<Cpu> body) {
        return Recorder.record("test", body);
    }

    static Flow flow(Consumer<Cpu> body) {
        return program(body).flow();
    }

    /// The steps of the merged graph, depth first, without the end.
    static List<Step> steps(Consumer<Cpu> body) {
        return flow(body).nodes().stream()
                .map(Node::step)
                .filter(step -> !(step instanceof Step.End))
                .toList();
    }

    /// How many nodes the merged graph has.
    static int nodes(Consumer<Cpu> body) {
        return flow(body).nodes().size();
    }

    /// The message with which the recorder refuses a body.
    static String refusal(Consumer<Cpu> body) {
        return String.valueOf(
                catchThrowableOfType(RecordingException.class, () -> program(body)).getMessage());
    }

    /// The line of this test, `offset` lines below the call: where a body that follows does
    /// something wrong.
    static String line(int offset) {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.skip(1)
                                .findFirst()
                                .map(f -> f.getFileName() + ":" + (f.getLineNumber() + offset))
                                .orElseThrow());
    }
}
