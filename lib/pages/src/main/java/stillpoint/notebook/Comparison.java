package stillpoint.notebook;

import java.util.List;

/// Fresh outputs against the committed ones: everything is exact but what is labelled *measured*.
public final class Comparison {
    /// A cell with this tag has none of its outputs compared.
    public static final String MEASURED_TAG = "measured";

    private Comparison() {}

    /// At most one difference for each cell; empty if the notebook still shows what it showed.
    ///
    /// @param fresh the same notebook after a run that ended well
    public static List<Difference> of(Notebook committed, Notebook fresh) {
        throw new UnsupportedOperationException(committed + " " + fresh);
    }
}
