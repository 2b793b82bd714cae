package stillpoint.machine;

import stillpoint.program.Program;

/// One or several CPUs that run the same program, each once.
///
/// @param name the head of its column in a trace, for example `swapoff`
/// @param program what it runs
/// @param copies how many CPUs run it; they are interchangeable
public record Agent(String name, Program program, int copies) {
    public Agent {
        if (copies < 1 || copies > 32)
            throw new IllegalArgumentException(
                    name + ": " + copies + " copies: an agent has 1 to 32");
    }
}
