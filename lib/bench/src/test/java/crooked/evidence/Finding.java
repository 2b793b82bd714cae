package crooked.evidence;

import crooked.check.Search;

/// Evidence that knows who found it: an arrow the wrong way, and a cycle.
public record Finding(Search by) {}
