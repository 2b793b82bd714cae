package stillpoint.swap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stillpoint.swap.StepMap.Part;
import stillpoint.swap.StepMap.Place;
import stillpoint.swap.StepMap.Step;

/// Reads `steps.txt`: the steps of the kernel, in its own order and our words. The format stands at
/// its head.
final class StepList {
    private static final String FILE = "steps.txt";
    private static final String LEFT_OUT = "left out, because ";
    private static final String AFTER = "  AFTER ";

    private final List<Part> parts = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private Optional<String> part = Optional.empty();
    private Optional<String> step = Optional.empty();

    private StepList() {}

    static List<Part> parts() {
        try (InputStream in = StepList.class.getResourceAsStream(FILE)) {
            if (in == null)
                throw new IllegalStateException(FILE + " is not on the class path: build again");
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Part> parse(String text) {
        var list = new StepList();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(list::read);
        list.endPart();
        return List.copyOf(list.parts);
    }

    private void read(String line) {
        if (line.startsWith("= ")) {
            endPart();
            part = Optional.of(line.substring(2));
        } else if (line.startsWith(" ")) {
            String[] words =
                    step.orElseThrow(() -> wrong(line, "a place follows its step"))
                            .split(" {2,}", 2);
            steps.add(new Step(words[0], words[1], place(line.strip())));
            step = Optional.empty();
        } else {
            if (step.isPresent() || !line.contains("  "))
                throw wrong(line, "a step is NUMBER, two blanks, words; its place follows");
            step = Optional.of(line);
        }
    }

    private void endPart() {
        part.ifPresent(head -> {
            String[] words = head.split(": ", 2);
            // A synchronous device takes every way that a solid-state one takes, and one more.
            var model = SwapModel.of(Designs.named(words[0]), 1, true, DeviceKind.SYNC);
            parts.add(new Part(words[1], model, steps));
        });
        steps.clear();
    }

    private static Place place(String line) {
        if (line.startsWith(LEFT_OUT)) return new Place.LeftOut(line.substring(LEFT_OUT.length()));
        String[] words = line.split(": ", 3);
        if (words.length < 3)
            throw wrong(
                    line,
                    "a place is AGENT: FUNCTION > FUNCTION: STEP, or \"left out, because ...\"");
        int after = words[2].indexOf(AFTER);
        return new Place.In(
                words[0],
                List.of(words[1].split(" > ")),
                after < 0 ? words[2] : words[2].substring(0, after),
                after < 0 ? "" : words[2].substring(after + AFTER.length()));
    }

    private static IllegalArgumentException wrong(String line, String rule) {
        return new IllegalArgumentException(FILE + ": \"" + line + "\": " + rule);
    }
}
