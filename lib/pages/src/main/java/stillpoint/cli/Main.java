package stillpoint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/// The entry of the command line: the first word picks the command, and only that command's classes
/// are loaded.
///
/// A new command is one class, one line in [#command(String)], one word in the launcher's list and
/// a line in its help.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code ([ExitCode]).
    ///
    /// By `halt`, since a command has closed what it opened when it returns: `exit` would first
    /// look through every jar for a logger to log the exit with (JDK 21 and later), half of the
    /// time of a short command.
    public static void main(String[] args) {
        int exitCode = run(args);
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    /// Runs one command.
    ///
    /// @return its exit code
    static int run(String... args) {
        String word = args.length == 0 ? "" : args[0];
        if (word.equals("measure") && args.length > 1) {
            Optional<Command> measurement = MeasureCommand.of(args[1]);
            if (measurement.isPresent())
                return run(measurement.get(), Arrays.copyOfRange(args, 2, args.length));
        }
        Optional<Command> command = command(word);
        if (command.isEmpty())
            return fail(
                    ExitCode.USAGE, "\"" + word + "\": no such command; try ./stillpoint --help");
        return run(command.get(), Arrays.copyOfRange(args, Math.min(1, args.length), args.length));
    }

    private static Optional<Command> command(String word) {
        return switch (word) {
            case "designs" -> Optional.of(new DesignsCommand());
            case "check" -> Optional.of(new CheckCommand());
            case "replay" -> Optional.of(new ReplayCommand());
            case "matrix" -> Optional.of(new MatrixCommand());
            case "sweep" -> Optional.of(new SweepCommand());
            case "merge" -> Optional.of(new MergeCommand());
            case "measure" -> Optional.of(new MeasureCommand());
            case "calibrate" -> Optional.of(new CalibrateCommand());
            case "validate" -> Optional.of(new ValidateCommand());
            case "run" -> Optional.of(new RunCommand());
            case "kernel" -> Optional.of(new KernelCommand());
            default -> Optional.empty();
        };
    }

    /// Runs a command on the words after its own: `--help`, the command itself, and the message of
    /// whatever stops it.
    static int run(Command command, String... words) {
        try {
            Arguments arguments = command.synopsis().parse(words);
            if (!arguments.has("--help")) return command.run(arguments);
            System.out.print(command.synopsis().help());
            return ExitCode.FINE;
        } catch (CommandException e) {
            return fail(e.exitCode(), e.message());
        } catch (IOException e) {
            return fail(ExitCode.UNWRITABLE, reason(e));
        } catch (UncheckedIOException e) {
            return fail(
                    ExitCode.UNWRITABLE,
                    e.getCause() instanceof IOException cause ? reason(cause) : e.toString());
        } catch (RuntimeException e) {
            e.printStackTrace();
            return fail(
                    ExitCode.BROKEN,
                    "a bug in Stillpoint, not in what you asked; see the lines above");
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException denied ->
                    denied.getFile() + ": permission denied";
            case java.nio.file.FileSystemException file when file.getReason() != null ->
                    file.getFile() + ": " + file.getReason();
            default -> e.toString();
        };
    }

    /// Says why a command ends without success: one message on standard error.
    ///
    /// @return `exitCode`
    static int fail(int exitCode, String message) {
        System.out.flush();
        System.err.println("stillpoint: " + message);
        return exitCode;
    }
}
