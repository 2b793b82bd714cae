/// The narrow waist: what a run found, as immutable records with names, numbers and units.
///
/// Takes nothing but values; gives [Verdict], [Trace] and [Table] to everything that draws, prints
/// or compares. The search, the simulator and the measurements never see each other, and pictures
/// and pages never see them: all of them see this package only.
///
/// Read first: [Verdict], [Trace], [Table].
@NullMarked
package stillpoint.evidence;

import org.jspecify.annotations.NullMarked;
