/// What every cell of this kernel finds without importing it, and the one place where the kernel
/// knows Stillpoint.
///
/// Takes a value; gives its pictures ([stillpoint.picture.Pictures]). Read first: [Preload],
/// [Display].
@NullMarked
package stillpoint.kernel.preload;

import org.jspecify.annotations.NullMarked;
