/// Measured figures: what was read off a clock on a named machine, and the files it is kept in.
///
/// Takes real runs (of the running kernel, a kernel in a guest, the JVM) as whole numbers with a
/// unit; gives [Measurements]: CSV with its provenance, which is refused without units or
/// provenance, and [stillpoint.evidence] records whose basis is *measured*. It knows nothing of
/// designs or of the simulator, and they know nothing of it; what compares the two stands above
/// both.
///
/// A file, as `data/measured/` holds them (its last line is a digest of the lines before, which
/// `head -n -1 FILE | sha256sum` tells too):
///
/// ```
/// # stillpoint measured 1
/// # machine: a virtual machine
/// # cpu: AMD EPYC
/// # cpus: 2
/// # kernel: 6.18.44
/// # configuration: HZ=250 PREEMPT_DYNAMIC
/// # hz: 250
/// # environment: host
/// # command: ./stillpoint measure membarrier
/// # date: 2026-11-25
/// what,condition,cpus,unit,n,min,median,p99,max,values
/// synchronize_rcu,idle,2,ns,3,11999000,12000001,none,12000001,11999000 12000001*2
/// # complete: 1 row, sha256 0f3a...
/// ```
///
/// Read first: [Measurements], [Measured], [Provenance].
@NullMarked
package stillpoint.measure;

import org.jspecify.annotations.NullMarked;
