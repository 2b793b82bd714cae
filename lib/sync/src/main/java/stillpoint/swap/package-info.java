/// The subject: a swap device, the page fault that reads through it, swapoff and swapon, and the
/// designs that keep them apart.
///
/// Takes a [SwapDesign], which is a patch: it overrides what the patch changes, and all else is the
/// kernel before it (v4.19). Gives a [stillpoint.machine.Model] of readers that fault on one swap
/// entry while swapoff, and then perhaps a swapon of another device, work on the same
/// `swap_info_struct`. [StepMap] says where each step of the kernel is in the model, and what is
/// left out and why.
///
/// Read first: [StopMachineV7], [SwapDesign], [SwapIn], [SwapModel].
@NullMarked
package stillpoint.swap;

import org.jspecify.annotations.NullMarked;
