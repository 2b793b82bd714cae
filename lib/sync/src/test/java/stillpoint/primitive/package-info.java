/// Each primitive against its specification.
@NullMarked
package stillpoint.primitive;

import org.jspecify.annotations.NullMarked;
