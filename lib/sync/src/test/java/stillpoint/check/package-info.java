/// What the search promises.
@NullMarked
package stillpoint.check;

import org.jspecify.annotations.NullMarked;
