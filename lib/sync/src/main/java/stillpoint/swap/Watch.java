package stillpoint.swap;

/// What is recorded beside the kernel's own steps.
enum Watch {
    /// Nothing.
    NOTHING,
    /// The kernel's own checks of the counts (`VM_BUG_ON` in mm/swapfile.c and mm/swap_state.c):
    /// with every lock in place they never fail, and they cost steps, so that only what takes a
    /// lock away asks for them.
    COUNTS,
    /// What callers notice, as events: whether they get the device, and that they give it back; how
    /// a fault ends; the call and the return of swapoff and of swapon. They are steps that do
    /// nothing, so that only what compares behaviours asks for them.
    CALLERS
}
