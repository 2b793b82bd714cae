package stillpoint.kernel;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Knows the pictures of values.
public interface Gallery {
    /// Mime type to content, `text/plain` always among them; empty for a value of a kind that has
    /// no picture.
    ///
    /// @param id starts every id in the markup
    Optional<SortedMap<String, String>> pictures(Object value, String id);

    /// The same as several outputs, where one form alone would not show all of it.
    default List<SortedMap<String, String>> parts(Object value, String id) {
        return pictures(value, id).map(List::of).orElse(List.of());
    }
}
