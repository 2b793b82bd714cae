package stillpoint.cli;

import java.nio.file.Path;
import stillpoint.swap.MatrixFile;
import stillpoint.swap.VerdictMatrix;

/// The verdict matrix as it is committed: `data/golden/matrix.csv`.
///
/// @param file where it is
/// @param matrix what it says
record RecordedMatrix(RecordedFile file, VerdictMatrix matrix) {
    private static final String NAME = "data/golden/matrix.csv";

    static Path file(Checkout checkout) {
        return checkout.root().resolve(NAME);
    }

    /// Reads it.
    ///
    /// @throws CommandException if it is missing or malformed
    static RecordedMatrix of(Checkout checkout) {
        RecordedFile file = RecordedFile.of(checkout, NAME, "./stillpoint matrix --update");
        return new RecordedMatrix(file, file.parsed(MatrixFile::parse));
    }
}
