package stillpoint.simulate;

/// Where CPUs are: which share a core, a socket, a board. CPUs are numbered thread by thread, core
/// by core; past the last one there are more boards of the same kind.
///
/// @param threads hardware threads of a core
/// @param cores of a socket
/// @param sockets of a board, which are neighbours; sockets of other boards are far
/// @param boards how many the machine has
public record Topology(int threads, int cores, int sockets, int boards) {
    public Topology {
        positive("threads of a core", threads);
        positive("cores of a socket", cores);
        positive("sockets of a board", sockets);
        positive("boards", boards);
    }

    private static void positive(String what, int value) {
        if (value < 1 || value > 1024)
            throw new IllegalArgumentException(what + " = " + value + ": there are 1 to 1024");
    }

    /// How many CPUs the machine has.
    public int cpus() {
        return threads * cores * sockets * boards;
    }

    /// Which price the way of a line from one CPU to another has.
    public Quantity between(int one, int other) {
        if (one == other) return Quantity.HIT;
        if (one / threads == other / threads) return Quantity.FROM_SIBLING;
        int socket = threads * cores;
        if (one / socket == other / socket) return Quantity.FROM_SOCKET;
        int board = socket * sockets;
        return one / board == other / board ? Quantity.FROM_NEIGHBOUR : Quantity.FROM_AFAR;
    }
}
