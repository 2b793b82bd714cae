package stillpoint.cli;

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
/// @param page made when the notebooks have run
/// @param check refuses, before they run, what the page could not be made from
record GeneratedPage(String file, Function<Provenance, Page> page, Runnable check) {
    /// In the order of the index.
    static final List<GeneratedPage> ALL =
            List.of(
                    new GeneratedPage("steps.html", StepsPage::of),
                    new GeneratedPage(
                            "matrix.html",
                            MatrixPage::of,
                            () -> RecordedMatrix.of(Checkout.here())),
                    new GeneratedPage(
                            "validation.html",
                            ValidationPage::of,
                            () -> RecordedValidation.of(Checkout.here())));

    /// A page that is made from the program alone.
    GeneratedPage(String file, Function<Provenance, Page> page) {
        this(file, page, () -> {});
    }
}
