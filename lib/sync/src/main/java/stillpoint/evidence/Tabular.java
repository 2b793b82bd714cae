package stillpoint.evidence;

/// What can be written as a file of comma-separated values: lines that start with `#` say where it
/// comes from, the first other line names the columns.
///
/// Notebooks make a data frame of it, to group and to join.
public interface Tabular {
    /// What a table of it is called.
    String name();

    /// All of it, the lines of its provenance included.
    String csv();
}
