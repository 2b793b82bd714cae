package stillpoint.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/// Runs typical commands once, for the JVM to record what they load and compile: the training of
/// the start-up cache.
///
/// Nothing that it prints is of use, and a command that fails only makes the cache poorer.
final class Training {
    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("check", "D0"),
                    List.of("check", "D0", "--json"),
                    List.of("designs"),
                    List.of("check", "no-such-design"),
                    List.of("kernel", "list"),
                    List.of("run", "--help"));

    private Training() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true));
        System.setErr(System.out);
        for (List<String> command : COMMANDS) {
            int exitCode = Main.run(command.toArray(String[]::new));
            out.println(String.join(" ", command) + ": " + exitCode);
        }
    }
}
