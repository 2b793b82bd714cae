package crooked.attic;

/// A name that says nothing, a field that anyone may change, a package that is not null-marked and
/// has no place.
public class BoxManager implements Box {
    public int count;

    @Override
    public void open() {}

    @Override
    public void close() {}
}
