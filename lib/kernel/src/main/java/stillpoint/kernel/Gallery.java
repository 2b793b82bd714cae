package stillpoint.kernel;

import java.util.Optional;
import java.util.SortedMap;

/// Knows the pictures of values.
interface Gallery {
    /// Mime type to content, `text/plain` always among them; empty for a value of a kind that has
    /// no picture.
    ///
    /// @param id starts every id in the markup
    Optional<SortedMap<String, String>> pictures(Object value, String id);
}
