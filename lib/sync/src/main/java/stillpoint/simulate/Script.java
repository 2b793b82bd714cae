package stillpoint.simulate;

import java.util.List;
import stillpoint.random.Distribution;

/// What one kind of task runs, flattened: its programs one behind the other, and whatever they
/// call.
///
/// @param name of the task
/// @param code instructions; calls go to other parts of the same code
/// @param entry where it starts
/// @param registers how many it has
/// @param extras the times that are drawn, by number
/// @param callbacks where each callback of a stop begins, from number 1
record Script(
        String name,
        Instr[] code,
        int entry,
        int registers,
        List<Distribution> extras,
        int[] callbacks) {}
