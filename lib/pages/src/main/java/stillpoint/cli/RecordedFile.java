package stillpoint.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BiFunction;

/// A file of `data/golden/` that a page is made of.
///
/// @param name as messages and pages show it, from the checkout on
/// @param text of the file
record RecordedFile(String name, String text) {
    private static final int DIGITS = 16;

    /// Reads it.
    ///
    /// @param writer the command that writes it
    /// @throws CommandException if it is missing or not text
    static RecordedFile of(Checkout checkout, String name, String writer) {
        try {
            return new RecordedFile(name, Files.readString(checkout.root().resolve(name)));
        } catch (NoSuchFileException e) {
            throw bad(name, "no such file; " + writer + " writes it");
        } catch (CharacterCodingException e) {
            throw bad(name, "not UTF-8; " + writer + " writes it anew");
        } catch (IOException e) {
            throw bad(name, "cannot be read: " + e);
        }
    }

    /// Takes it apart.
    ///
    /// @param parser given name and text
    /// @throws CommandException if it is malformed
    <T> T parsed(BiFunction<String, String, T> parser) {
        try {
            return parser.apply(name, text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()));
        }
    }

    /// The beginning of its SHA-256, by which a page says what it was made of.
    String digest() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static CommandException bad(String name, String rule) {
        return new CommandException(ExitCode.BAD_INPUT, name + ": " + rule);
    }
}
