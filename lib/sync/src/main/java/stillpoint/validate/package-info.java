/// Whether the simulator can be believed: what it says beside what a formula says, and beside what
/// was published.
///
/// Takes nothing; gives [Finding]s. Each [Check] is a small program in the language of the designs,
/// run by the simulator that runs the designs, of which something is known without it: a closed
/// form, or a measurement on a real machine. Where the two differ by more than chance, the check
/// says which assumption of the closed form does not hold, and fails once that is no longer so.
///
/// Read first: [Check], [Suite], [Residuals].
@NullMarked
package stillpoint.validate;

import org.jspecify.annotations.NullMarked;
