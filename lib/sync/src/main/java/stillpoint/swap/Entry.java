package stillpoint.swap;

import stillpoint.program.Val;

/// `swp_entry_t`: a slot of a device, and the function that is about to use it.
///
/// The kernel's entry knows only its slot. The function is here because, before the patch, each
/// tested something else.
///
/// @param offset the slot
/// @param user the function that asks for the device
public record Entry(Val offset, User user) {
    /// The functions that use an entry that nothing pins.
    public enum User {
        /// `lookup_swap_cache()`, before any read-ahead.
        LOOKUP_SWAP_CACHE,
        /// The look-up in the swap cache inside `__read_swap_cache_async()`.
        READ_SWAP_CACHE_ASYNC,
        /// `__swap_count()`, before a read past the swap cache.
        SWAP_COUNT,
        /// `__swp_swapcount()`.
        SWP_SWAPCOUNT,
        /// `__swap_duplicate()`.
        SWAP_DUPLICATE;

        /// The kernel's name of it.
        String function() {
            return switch (this) {
                case LOOKUP_SWAP_CACHE -> "lookup_swap_cache";
                case READ_SWAP_CACHE_ASYNC -> "__read_swap_cache_async";
                case SWAP_COUNT -> "__swap_count";
                case SWP_SWAPCOUNT -> "__swp_swapcount";
                case SWAP_DUPLICATE -> "__swap_duplicate";
            };
        }
    }

    /// The entry under test.
    static Entry of(User user) {
        return new Entry(Val.of(0), user);
    }
}
