package stillpoint.swap;

import java.util.ArrayList;
import java.util.List;
import stillpoint.machine.Level;
import stillpoint.primitive.ScaledRcu;
import stillpoint.program.GracePeriod;
import stillpoint.program.Recorder;
import stillpoint.simulate.Service;

/// What the kernel runs so that a grace period of tree RCU comes to its end: a tick on every CPU,
/// the grace-period thread, and its timers.
public final class TreeRcuServices {
    private TreeRcuServices() {}

    /// @param asks the kind of section that a tick asks about
    public static List<Service> of(ScaledRcu rcu, GracePeriod asks) {
        var services = new ArrayList<Service>();
        services.add(
                Service.handler(Recorder.interrupt("tick", rcu::tick), Service.When.TICK, asks));
        services.add(
                Service.thread(
                        Recorder.record("rcu_gp", rcu::gracePeriod),
                        Level.TASK,
                        Service.Where.LAST_CPU));
        for (int t = 0; t < ScaledRcu.TIMERS; t++) {
            int number = t;
            services.add(
                    Service.thread(
                            Recorder.record("fqs timer " + t, cpu -> rcu.timer(cpu, number)),
                            Level.TASK,
                            Service.Where.BACKGROUND));
        }
        return List.copyOf(services);
    }
}
