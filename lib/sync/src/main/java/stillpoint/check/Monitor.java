package stillpoint.check;

import java.util.Optional;

/// Watches one promise on one CPU along a run: a small machine over events, whose state is a number
/// from 0.
///
/// @param promise what is watched
/// @param cpu whose call it is
/// @param cpus how many CPUs the model has
record Monitor(Promise promise, int cpu, int cpus) {
    private static final int IDLE = 0;
    private static final int PENDING = 1;

    /// How many states it has.
    int states() {
        return switch (promise) {
            case Promise.Follows _, Promise.Ends _ -> 2;
            case Promise.Runs _ -> 1 + (1 << cpus);
            case Promise.GoesOn _ -> 1;
        };
    }

    int start() {
        return promise instanceof Promise.Ends ? PENDING : IDLE;
    }

    /// Whether a run may not stay in this state for ever.
    boolean pending(int state, StateGraph graph, int of) {
        return switch (promise) {
            case Promise.Follows _ -> state == PENDING;
            case Promise.Ends _ -> (graph.over(of, Long.SIZE) >>> cpu & 1) == 0;
            case Promise.Runs _ -> false;
            case Promise.GoesOn _ -> (graph.required() & ~graph.over(of, Long.SIZE)) != 0;
        };
    }

    /// The state behind an event.
    int after(int state, Alphabet.Event event) {
        boolean own = event.cpu() == cpu;
        return switch (promise) {
            case Promise.Follows f ->
                    own && event.label().equals(f.call())
                            ? PENDING
                            : own && event.label().equals(f.reply()) ? IDLE : state;
            case Promise.Ends _, Promise.GoesOn _ -> state;
            case Promise.Runs r ->
                    own && event.label().equals(r.call())
                            ? 1
                            : own && event.label().equals(r.reply())
                                    ? IDLE
                                    : state != IDLE && event.label().equals(r.callback())
                                            ? 1 + (state - 1 | 1 << event.cpu())
                                            : state;
        };
    }

    /// What an event in this state breaks.
    Optional<String> broken(int state, Alphabet.Event event) {
        if (!(promise instanceof Promise.Runs r) || state == IDLE) return Optional.empty();
        int ran = state - 1;
        if (event.label().equals(r.callback())) {
            if ((ran >>> event.cpu() & 1) != 0)
                return Optional.of(r.callback() + " runs twice on CPU" + event.cpu());
            if (Integer.bitCount(ran) == r.times())
                return Optional.of(
                        r.callback() + " runs on more than " + r.times() + " of the CPUs");
        }
        boolean reply = event.cpu() == cpu && event.label().equals(r.reply());
        if (reply && Integer.bitCount(ran) < r.times())
            return Optional.of(
                    r.callback()
                            + (ran == 0
                                    ? " never runs"
                                    : " runs on "
                                            + Integer.bitCount(ran)
                                            + " of "
                                            + r.times()
                                            + " CPUs")
                            + " before "
                            + r.reply());
        return Optional.empty();
    }
}
