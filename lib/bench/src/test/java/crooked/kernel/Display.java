package crooked.kernel;

import crooked.picture.Lane;

/// A kernel that draws, outside its preload.
public record Display(Lane lane) {}
