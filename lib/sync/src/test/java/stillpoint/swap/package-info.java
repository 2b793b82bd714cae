/// What the swap model promises: its designs record, its siblings break as expected, and its steps
/// are the kernel's.
@NullMarked
package stillpoint.swap;

import org.jspecify.annotations.NullMarked;
