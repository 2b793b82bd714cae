/// The reader's side of every scheme, in Java, with a writer's side that is whole: what a fault
/// pays, as the JVM can show it.
///
/// Each [Scheme] is the protocol of swapoff in small: readers look whether something is valid and
/// then read it; one writer takes the validity away, waits, and then destroys. Tests show that no
/// reader reads what is destroyed, by jcstress, and that the same test finds those that may.
///
/// Read first: [Scheme], [EpochMembarrier].
@NullMarked
package stillpoint.bench.reader;

import org.jspecify.annotations.NullMarked;
