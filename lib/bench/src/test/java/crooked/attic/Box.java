package crooked.attic;

/// An interface with one implementation.
public interface Box {
    void open();

    void close();
}
