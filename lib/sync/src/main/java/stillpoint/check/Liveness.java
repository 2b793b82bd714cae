package stillpoint.check;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import stillpoint.evidence.Counts;
import stillpoint.evidence.Progress;
import stillpoint.machine.Agent;
import stillpoint.machine.Config;
import stillpoint.machine.Model;

/// Searches for a run on which what must happen never happens, although every task that can go on
/// for ever does go on at last (weak fairness): a stop that never completes, a reader that starves,
/// a deadlock, a callback that is never run or runs twice.
///
/// A step that waits (a lock, `condLoad`, a grace period) is one that its task cannot take; a loop
/// that polls is steps that it takes. For `spin_lock` and `mutex_lock` tasks queue, as they do in
/// the kernel (kernel/locking/qspinlock.c, mutex.c with its hand-off): one that is free again and
/// again is had at last. A lock written with `xchg` promises nothing of the kind. Tasks that share
/// a CPU run in turn: one that could go on again and again does at last. A CPU that stands still in
/// one stop after another goes on between them. A handler that comes again and again comes at last;
/// any other need not come.
///
/// The specification of `stop_machine` waits for one moment at which every CPU can be stopped, and
/// readers that never end may keep it from finding one; the kernel's stopper holds each CPU as soon
/// as it can. Give such readers an end, or search the implementation (`primitive/StopMachine`). A
/// choice (`choose`) may go the same way for ever, so a section that must end may not hang on one.
/// Built on the whole graph of states, without symmetry, so it is for small models.
///
/// ```java
/// Liveness.of(model).follows("call", "return").ends("swapoff").verdict()
/// ```
///
/// @param model what is searched
/// @param config the kernel configuration
/// @param limits where it gives up
/// @param queues whether tasks queue for the language's locks, and take turns on a CPU they share
/// @param pastFaults whether a fault ends its run, and the others are asked all the same
/// @param promises what must come to pass
public record Liveness(
        Model model,
        Config config,
        Limits limits,
        boolean queues,
        boolean pastFaults,
        List<Promise> promises) {
    /// The bound that names the faults at which runs ended.
    public static final String RUNS_END_AT = "runs end at";

    private static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /// What comes of a promise.
    ///
    /// @param promise what was promised
    /// @param queued where tasks queue for the language's locks
    /// @param weak where they do not: under weak fairness alone
    public record Fate(Promise promise, Progress queued, Progress weak) {}

    public Liveness {
        promises = List.copyOf(promises);
    }

    /// On `PREEMPT=y` since 4.20, with the usual limits, and nothing promised yet.
    public static Liveness of(Model model) {
        return new Liveness(model, Config.PREEMPT_Y_4_20, Limits.DEFAULT, true, false, List.of());
    }

    /// The same on another kernel.
    public Liveness on(Config other) {
        return new Liveness(model, other, limits, queues, pastFaults, promises);
    }

    /// The same with other limits.
    public Liveness with(Limits other) {
        return new Liveness(model, config, other, queues, pastFaults, promises);
    }

    /// The same where nobody queues for the language's locks, so that each is a test-and-set lock,
    /// and the scheduler may let a task on a shared CPU wait for ever.
    public Liveness withoutQueues() {
        return new Liveness(model, config, limits, false, pastFaults, promises);
    }

    /// Also: each event `call` is followed by `reply` on the same CPU.
    public Liveness follows(String call, String reply) {
        return and(new Promise.Follows(call, reply));
    }

    /// Also: every CPU of an agent comes to its end.
    ///
    /// @throws IllegalArgumentException if the model has no such agent
    public Liveness ends(String agent) {
        if (model.agents().stream().noneMatch(a -> a.name().equals(agent)))
            throw new IllegalArgumentException(
                    agent
                            + ": the agents of "
                            + model.title()
                            + " are "
                            + String.join(", ", model.agents().stream().map(Agent::name).toList()));
        return and(new Promise.Ends(agent));
    }

    /// Also: between `call` and `reply` the event `callback` happens once on each of `times` CPUs.
    public Liveness runs(String callback, int times, String call, String reply) {
        return and(new Promise.Runs(callback, times, call, reply));
    }

    /// Also this.
    public Liveness and(Promise promise) {
        return new Liveness(
                model,
                config,
                limits,
                queues,
                pastFaults,
                Stream.concat(promises.stream(), Stream.of(promise)).toList());
    }

    /// Also: somebody goes on until all have come to their ends.
    public Liveness goesOn() {
        return and(new Promise.GoesOn());
    }

    /// The same where a run ends at its first fault, so that it breaks no promise behind it, and
    /// what is promised is promised of the runs without a fault. For designs that are not safe.
    public Liveness untilFault() {
        return new Liveness(model, config, limits, queues, true, promises);
    }

    /// Searches until a promise is broken.
    ///
    /// @throws IllegalStateException if nothing is promised
    public Progress verdict() {
        return searched(
                fates -> {
                    for (Promise promise : promises) {
                        Progress progress = fates.of(promise, queues);
                        if (!(progress instanceof Progress.Kept)) return progress;
                    }
                    return fates.kept(promises, queues);
                },
                (counts, reason) -> Fates.inconclusive(this, queues, counts, reason));
    }

    /// Searches once, and says of each promise what comes of it, with queues and without.
    ///
    /// @return one a promise, in their order
    /// @throws IllegalStateException if nothing is promised
    public List<Fate> fates() {
        return searched(
                fates -> promises.stream().map(fates::of).toList(),
                (counts, reason) ->
                        promises.stream()
                                .map(promise -> Fates.inconclusive(this, promise, counts, reason))
                                .toList());
    }

    private <T> T searched(Function<Fates, T> asked, BiFunction<Counts, String, T> cut) {
        if (promises.isEmpty())
            throw new IllegalStateException(
                    model.title() + ": nothing is promised: say ends(...) or follows(...) first");
        var alphabet = new Alphabet();
        Counts counts = NONE;
        try {
            StateGraph graph =
                    (pastFaults
                                    ? StateGraph.pastFaults(model, config, limits, alphabet)
                                    : StateGraph.of(model, config, limits, alphabet))
                            .whole();
            counts = graph.counts();
            if (!pastFaults && graph.failure().isPresent())
                return cut.apply(
                        counts,
                        graph.failure().get().hit().text()
                                + ": it is not safe; what comes of it says nothing about progress");
            return asked.apply(new Fates(this, graph, alphabet));
        } catch (StateGraph.Unfinished e) {
            return cut.apply(counts, e.reason());
        }
    }
}
