package stillpoint.check;

/// What must come to pass, stated over events (`cpu.event`) of one CPU, over its end, or over all.
public sealed interface Promise {
    /// Each `call` is followed by a `reply` of the same CPU: a wait returns, a lock is had.
    record Follows(String call, String reply) implements Promise {
        @Override
        public String toString() {
            return call + " is followed by " + reply;
        }
    }

    /// Every CPU of this agent comes to the end of its program.
    record Ends(String agent) implements Promise {
        @Override
        public String toString() {
            return agent + " comes to its end";
        }
    }

    /// Between each `call` and its `reply`, `callback` happens once on each of `times` CPUs: never
    /// twice on one, and on none too few.
    record Runs(String callback, int times, String call, String reply) implements Promise {
        public Runs {
            if (times < 1 || times > 4)
                throw new IllegalArgumentException(
                        callback + ": on " + times + " CPUs: a callback is counted on 1 to 4");
        }

        @Override
        public String toString() {
            return callback
                    + " happens once on "
                    + times
                    + (times == 1 ? " CPU" : " CPUs")
                    + " between "
                    + call
                    + " and "
                    + reply;
        }
    }

    /// Somebody goes on until all have come to their ends: no deadlock.
    record GoesOn() implements Promise {
        @Override
        public String toString() {
            return "somebody goes on until all are at their ends";
        }
    }
}
