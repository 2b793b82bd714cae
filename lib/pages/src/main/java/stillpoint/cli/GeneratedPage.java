package stillpoint.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import stillpoint.page.Page;
import stillpoint.page.Provenance;

/// A page that the program makes of itself and not of a notebook, such as the map of the model's
/// steps.
///
/// A new one is a line in [#ALL]; `run` then writes it and the index lists it.
///
/// @param file its name in the site, such as `steps.html`
/// @param title of the page
/// @param page made when the notebooks have run
/// @param check refuses, before they run, what the page could not be made from
/// @param data the files it is made from, apart from the program
record GeneratedPage(
        String file,
        String title,
        Function<Provenance, Page> page,
        Runnable check,
        List<Path> data) {
    /// In the order of the index.
    static final List<GeneratedPage> ALL =
            List.of(
                    new GeneratedPage("steps.html", StepsPage.TITLE, StepsPage::of),
                    new GeneratedPage(
                            "matrix.html",
                            MatrixPage.TITLE,
                            MatrixPage::of,
                            () -> RecordedMatrix.of(Checkout.here()),
                            List.of(RecordedMatrix.file(Checkout.here()))),
                    new GeneratedPage(
                            "progress.html",
                            ProgressPage.TITLE,
                            ProgressPage::of,
                            ProgressPage::check,
                            List.of(ProgressPage.file())),
                    new GeneratedPage(
                            "validation.html",
                            ValidationPage.TITLE,
                            ValidationPage::of,
                            () -> RecordedValidation.of(Checkout.here()),
                            List.of(RecordedValidation.file(Checkout.here()))));

    GeneratedPage {
        data = List.copyOf(data);
    }

    /// A page that is made from the program alone.
    GeneratedPage(String file, String title, Function<Provenance, Page> page) {
        this(file, title, page, () -> {}, List.of());
    }

    /// Whether the page that is there was made by this very program from this very data, so that it
    /// need not be made again: making the matrix takes seconds, more than many a notebook.
    boolean current(Path there) throws IOException {
        var from = new ArrayList<>(data);
        for (String part : System.getProperty("java.class.path", "").split(File.pathSeparator))
            from.add(Path.of(part));
        return newer(there, from);
    }

    /// Whether a file is newer than each of others. A folder of classes has no time of its own, so
    /// nothing is newer than it.
    static boolean newer(Path there, List<Path> others) throws IOException {
        if (!Files.isRegularFile(there)) return false;
        var made = Files.getLastModifiedTime(there);
        for (Path other : others)
            if (!Files.isRegularFile(other)
                    || Files.getLastModifiedTime(other).compareTo(made) >= 0) return false;
        return true;
    }
}
