package stillpoint.program;

import java.util.List;

/// One node of a [Flow].
///
/// @param step what happens there
/// @param context what holds when a task is about to take the step
/// @param site the line of Java that took it (after merging: one of the lines)
/// @param frames the functions it is in, outermost first
/// @param glued it belongs to the same atomic transition as the step before it
/// @param next where it goes on: none at an end, two from a branch (yes, no), otherwise one
public record Node(
        Step step,
        Context context,
        Site site,
        List<String> frames,
        boolean glued,
        List<Integer> next) {
    public Node {
        frames = List.copyOf(frames);
        next = List.copyOf(next);
    }
}
