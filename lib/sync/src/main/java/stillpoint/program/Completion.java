package stillpoint.program;

/// An event that tasks wait for, however early it happens (`struct completion`).
///
/// Source: kernel/sched/completion.c (v4.19). As a promise: `done` is a count of wake-ups that
/// nobody has used yet, and its largest value stands for *everybody, from now on*.
///
/// @param done a word that starts as 0; its largest value is that of `complete_all`
public record Completion(Cell<Val> done) {
    /// A completion in which up to `most` wake-ups may wait to be used; `most` is at least 1.
    public static Completion of(Memory memory, String name, int most) {
        int bits = 32 - Integer.numberOfLeadingZeros(most + 1);
        return new Completion(memory.word(name + ".done", bits, 0));
    }

    private int all() {
        return (1 << done.place().variable().bits()) - 1;
    }

    /// `complete`: one task goes on, now or later.
    ///
    /// It is a broken assertion if more wake-ups are unused than the word has room for.
    public void complete(Cpu cpu) {
        cpu.atomic(() -> {
            Val before = cpu.read(done);
            cpu.when(
                    () -> !before.is(all()),
                    () -> {
                        cpu.must(!before.is(all() - 1), done.place() + " has room for one more");
                        cpu.inc(done);
                    });
        });
    }

    /// `complete_all`: every task goes on, now and later, until [#reinit].
    public void completeAll(Cpu cpu) {
        cpu.write(done, all());
    }

    /// `wait_for_completion`: sleeps until there is a wake-up, and uses it.
    public void waitFor(Cpu cpu) {
        cpu.atomic(() -> {
            cpu.waitFor(done, v -> !v.is(0));
            Val before = cpu.read(done);
            cpu.when(() -> !before.is(all()), () -> cpu.dec(done));
        });
    }

    /// `reinit_completion`: whoever waits now, waits on.
    public void reinit(Cpu cpu) {
        cpu.write(done, 0);
    }
}
