package crooked.picture;

import crooked.check.Search;

/// A picture that searches.
public record Lane(Search drawn) {}
