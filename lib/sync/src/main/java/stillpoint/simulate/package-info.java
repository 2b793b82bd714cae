/// The timing simulator: what each design costs on 1 to 8192 CPUs.
///
/// Takes recorded programs and a machine; gives [stillpoint.evidence]. Time is whole nanoseconds;
/// what is to come lies in [PendingEvents].
@NullMarked
package stillpoint.simulate;

import org.jspecify.annotations.NullMarked;
