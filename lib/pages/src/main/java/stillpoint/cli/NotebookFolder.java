package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The folder of the course, and the words by which a person means one of its notebooks.
///
/// @param path `notebooks/` of the checkout
record NotebookFolder(Path path) {
    private static final String ENDING = ".ipynb";

    /// Every notebook in the folder itself, by name. Hidden ones, such as an editor's copies, are
    /// none.
    List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> name(file).endsWith(ENDING) && !name(file).startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    /// The notebooks that words on the command line mean, each once; without words, all.
    ///
    /// @param words each a file name, that without its ending, the number in front of it, or a path
    /// @throws CommandException for a word that means none, with the list of those there are
    List<Path> meant(List<String> words, Synopsis synopsis) throws IOException {
        List<Path> all = all();
        if (words.isEmpty() && all.isEmpty())
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    path
                            + ": no notebook (*.ipynb) in it, and run without a name runs those there; bring them back"
                            + " with git, or name one by its path");
        if (words.isEmpty()) return all;
        var meant = new LinkedHashSet<Path>();
        for (String word : words) meant.add(meant(word, all, synopsis));
        return List.copyOf(meant);
    }

    private static Path meant(String word, List<Path> all, Synopsis synopsis) {
        var matches = new ArrayList<Path>();
        for (Path each : all)
            if (name(each).equals(word) || stem(each).equals(word) || isNumber(word, each)) matches.add(each);
        if (matches.size() == 1) return matches.getFirst();
        Path file = Path.of(word);
        if (matches.isEmpty() && word.endsWith(ENDING) && Files.isRegularFile(file))
            return all.stream()
                    .filter(each -> isSame(each, file))
                    .findFirst()
                    .orElse(file.toAbsolutePath().normalize());
        throw synopsis.usage(
                word
                        + (matches.isEmpty() ? ": no such notebook" : ": more than one notebook is meant by it")
                        + "; a notebook is named by file, number or path, and there are "
                        + (all.isEmpty() ? "none" : all.stream().map(NotebookFolder::stem).collect(Collectors.joining(", "))));
    }

    /// Whether `2` and `02` mean `02-the-v7-patch.ipynb`.
    private static boolean isNumber(String word, Path file) {
        String number = stem(file).replaceFirst("^0*(\\d+)(\\D.*)?$", "$1");
        return word.matches("\\d{1,9}") && number.equals(word.replaceFirst("^0+(?=\\d)", ""));
    }

    private static boolean isSame(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /// `02-the-v7-patch` of `notebooks/02-the-v7-patch.ipynb`: what its page is called.
    static String stem(Path file) {
        String name = name(file);
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
