package stillpoint.cli;

import java.util.List;
import java.util.Optional;

/// `measure WHAT`: real figures; each WHAT is a command of its own, with its own `--help`.
final class MeasureCommand implements Command {
    private static final List<String> WHAT = List.of("membarrier", "guest", "patched");

    /// The command that measures this, if there is one.
    static Optional<Command> of(String what) {
        return switch (what) {
            case "membarrier" -> Optional.of(new MeasureMembarrierCommand());
            case "guest" -> Optional.of(new MeasureGuestCommand());
            case "patched" -> Optional.of(new MeasurePatchedCommand());
            default -> Optional.empty();
        };
    }

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "measure",
                "WHAT",
                1,
                List.of(
                        "Measures, and writes a CSV with its provenance; what is recorded is in data/measured/.",
                        "WHAT is one of, each with its own --help:",
                        "  membarrier  grace periods and interrupts of the running kernel, without privileges",
                        "  guest       a Debian kernel in QEMU, timed by a module of ours; no root needed",
                        "  patched     real swapoff in kernels that wait for readers in other ways; builds them first"),
                List.of(),
                List.of("64  wrong usage"));
    }

    @Override
    public int run(Arguments arguments) {
        throw synopsis()
                .usage(
                        arguments.operand()
                                + ": measure takes one of "
                                + String.join(", ", WHAT)
                                + ", and then its options");
    }
}
