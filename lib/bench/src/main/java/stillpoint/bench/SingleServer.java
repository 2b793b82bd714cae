package stillpoint.bench;

import stillpoint.random.Exponential;
import stillpoint.random.Stream;
import stillpoint.simulate.PendingEvents;

/// The simplest model of which everything is known: customers arrive at random, wait in one queue
/// and are served for exponential times (M/M/1). In the long run `rho / (1 - rho)` are there.
///
/// Mutable, one thread, no garbage: it stands for what an event costs all in.
final class SingleServer {
    private static final int ARRIVAL = 0;
    private static final int DEPARTURE = 1;
    private static final long SERVICE_NS = 1000;

    private final PendingEvents pending = new PendingEvents(2);
    private final Exponential betweenArrivals;
    private final Exponential service = new Exponential(SERVICE_NS);
    private final Stream arrivals;
    private final Stream services;
    private long now;
    private int customers;
    private long customerNs;
    private long busyNs;
    private long from;

    /// @param rho share of the time that the server is busy, over 0 and under 1
    SingleServer(double rho, long seed) {
        if (!(rho > 0 && rho < 1))
            throw new IllegalArgumentException(
                    "rho = " + rho + ": a queue that does not grow for ever has 0 < rho < 1");
        betweenArrivals = new Exponential(SERVICE_NS / rho);
        arrivals = Stream.of(seed, "arrival", 0, 0);
        services = Stream.of(seed, "service", 0, 0);
        pending.set(ARRIVAL, betweenArrivals.sample(arrivals));
    }

    void run(int events) {
        for (int event = 0; event < events; event++) {
            long time = pending.time();
            customerNs += customers * (time - now);
            if (customers > 0) busyNs += time - now;
            now = time;
            if (pending.first() == ARRIVAL) {
                if (customers++ == 0) serve();
                pending.set(ARRIVAL, now + betweenArrivals.sample(arrivals));
            } else if (--customers == 0) pending.cancel(DEPARTURE);
            else serve();
        }
    }

    private void serve() {
        pending.set(DEPARTURE, now + service.sample(services));
    }

    /// Forgets what was counted, but not who is there.
    void countAnew() {
        customerNs = 0;
        busyNs = 0;
        from = now;
    }

    /// Mean number of customers since the counting began.
    double customers() {
        return customerNs / (double) (now - from);
    }

    /// Share of the time that the server was busy.
    double busy() {
        return busyNs / (double) (now - from);
    }
}
