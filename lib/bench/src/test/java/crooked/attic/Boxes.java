package crooked.attic;

/// A record whose content can be changed from outside.
public record Boxes(int[] sizes) {}
