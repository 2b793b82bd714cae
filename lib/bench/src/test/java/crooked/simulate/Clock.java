package crooked.simulate;

/// What a checker must not see.
public class Clock {}
