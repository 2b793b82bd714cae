package stillpoint.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import stillpoint.swap.MatrixFile;
import stillpoint.swap.VerdictMatrix;

/// The verdict matrix as it is committed: `data/golden/matrix.csv`.
///
/// @param name as messages and pages show it, from the checkout on
/// @param text of the file
/// @param matrix what it says
record RecordedMatrix(String name, String text, VerdictMatrix matrix) {
    private static final String NAME = "data/golden/matrix.csv";

    static Path file(Checkout checkout) {
        return checkout.root().resolve(NAME);
    }

    /// Reads it.
    ///
    /// @throws CommandException if it is missing or malformed
    static RecordedMatrix of(Checkout checkout) {
        try {
            String text = Files.readString(file(checkout));
            return new RecordedMatrix(NAME, text, MatrixFile.parse(NAME, text));
        } catch (NoSuchFileException e) {
            throw bad("no such file; ./stillpoint matrix --update writes it");
        } catch (CharacterCodingException e) {
            throw bad("not UTF-8; ./stillpoint matrix --update writes it anew");
        } catch (IOException e) {
            throw bad("cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()));
        }
    }

    private static CommandException bad(String rule) {
        return new CommandException(ExitCode.BAD_INPUT, NAME + ": " + rule);
    }
}
