package stillpoint.primitive;

import java.util.List;
import stillpoint.program.Cell;
import stillpoint.program.Cpu;
import stillpoint.program.Memory;
import stillpoint.program.Val;

/// A plain reference count: the writer drops the first reference and waits until the last is gone.
///
/// The specification waits for a moment at which nobody holds one, and lets nobody in behind it;
/// the implementation is an atomic counter, of which the put that takes it to 0 completes the wait.
/// Sources: lib/refcount.c, and V1 of the swapoff patch (2017-12-07), which counts the users of a
/// device. Nothing turns newcomers away while others still hold a reference: a writer may wait for
/// ever although every section ends.
final class Refcount {
    private static final int READERS = 2;
    private static final int BITS = 2;

    private Refcount() {}

    static Primitive primitive() {
        return new Primitive(
                "plain refcount",
                specification().model("refcount", READERS, 2, 1),
                implementation(true).model("refcount and completion", READERS, 2, 1),
                List.of(
                        new Primitive.Client(
                                "two sections each",
                                implementation(true)
                                        .model("refcount and completion", READERS, 2, 1)),
                        new Primitive.Client(
                                "readers keep coming",
                                implementation(true)
                                        .model(
                                                "refcount and completion",
                                                READERS,
                                                Sections.FOR_EVER,
                                                1))),
                "return",
                new Primitive.Planted(
                        "put tests before it counts down",
                        implementation(false).model("refcount that tests first", READERS, 2, 1),
                        specification().model("refcount", READERS, 2, 1)));
    }

    private static Sections specification() {
        var memory = new Memory();
        // 0: closed; otherwise one more than there are holders.
        Cell<Val> holders = memory.word("holders + 1", BITS, 1);
        return new Sections(
                memory,
                (cpu, inside) -> {
                    if (cpu.incNotZero(holders)) {
                        inside.run();
                        cpu.dec(holders);
                    } else cpu.event("refused");
                },
                cpu ->
                        cpu.atomic(() -> {
                            cpu.waitFor(holders, count -> count.is(1));
                            cpu.write(holders, 0);
                        }),
                List.of());
    }

    private static Sections implementation(boolean atOnce) {
        var memory = new Memory();
        Cell<Val> count = memory.word("ref", BITS, 1);
        Cell<Val> done = memory.word("done", 1, 0);
        return new Sections(
                memory,
                (cpu, inside) -> {
                    if (cpu.incNotZero(count)) {
                        inside.run();
                        put(cpu, count, done, atOnce);
                    } else cpu.event("refused");
                },
                cpu -> {
                    put(cpu, count, done, atOnce);
                    cpu.waitFor(done, value -> value.is(1));
                },
                List.of());
    }

    private static void put(Cpu cpu, Cell<Val> count, Cell<Val> done, boolean atOnce) {
        cpu.call(
                "put",
                () -> {
                    boolean last = atOnce ? cpu.decAndTest(count) : cpu.readOnce(count).is(1);
                    if (!atOnce) cpu.dec(count);
                    if (last) cpu.writeOnce(done, 1);
                });
    }
}
