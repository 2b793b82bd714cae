/* The tight model of swapoff for SPIN, step for step as stillpoint.swap.Tight has it: spin.sh runs both.
   -DREADERS=N readers, 1 to 7; -DRCU waits for a grace period (a set of marks), otherwise for a stop of all CPUs.
   Nobody ends (a process that ends in SPIN is one more transition): each stops at a valid end state.
   The registers are cleared where they are dead, as the recorded program does not keep them. */
bit valid = 1, map = 1, freed = 0;
#ifdef RCU
byte inside = 0, marked = 0; /* one bit a reader: in its section; waited for */
#define ENTER inside = inside | (1 << _pid)
#define LEAVE d_step { inside = inside & ~(1 << _pid); marked = marked & inside }
#else
byte inside = 0; /* a stop asks only how many: SPIN is quicker and smaller with a counter */
#define ENTER inside++
#define LEAVE inside--
#endif

active [READERS] proctype reader() {
    bit seen;
    ENTER;
    if
    :: valid ->
        seen = map;
        assert(seen && !freed);
        d_step { assert(seen && !freed); seen = 0 }
        skip /* put */
    :: else
    fi;
    LEAVE;
end:
    false
}

active proctype writer() {
    valid = 0;
#ifdef RCU
    marked = inside;
    marked == 0;
#else
    inside == 0;
#endif
    map = 0;
    freed = 1;
end:
    false
}
