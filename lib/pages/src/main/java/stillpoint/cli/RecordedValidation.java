package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import stillpoint.validate.ValidationFile;

/// What the simulator says beside formulas and measurements, as it is committed.
///
/// @param text of the file
/// @param rows what it says
record RecordedValidation(String text, List<ValidationFile.Row> rows) {
    static Path file(Checkout checkout) {
        return checkout.root().resolve(ValidationFile.NAME);
    }

    /// Reads it.
    ///
    /// @throws CommandException if it is missing or malformed
    static RecordedValidation of(Checkout checkout) {
        try {
            String text = Files.readString(file(checkout));
            return new RecordedValidation(text, ValidationFile.parse(ValidationFile.NAME, text));
        } catch (NoSuchFileException e) {
            throw bad("no such file; ./stillpoint validate --update writes it");
        } catch (IOException e) {
            throw bad("cannot be read (" + e + "); ./stillpoint validate --update writes it anew");
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()));
        }
    }

    private static CommandException bad(String rule) {
        return new CommandException(ExitCode.BAD_INPUT, ValidationFile.NAME + ": " + rule);
    }
}
