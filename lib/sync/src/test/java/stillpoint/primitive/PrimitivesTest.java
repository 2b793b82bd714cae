package stillpoint.primitive;

import org.junit.jupiter.api.Test;
import stillpoint.evidence.*;

class PrimitivesTest {
    @Test
    void probe() {
        for (Primitive p :
                java.util.List.of(
                        Completion.primitive(), SleepableRcu.primitive(), PercpuRef.primitive())) {
            System.out.println("== " + p.name());
            show(p.refines());
            for (var c : p.clients()) {
                Progress g = p.returns(c);
                System.out.println(
                        "  "
                                + c.words()
                                + ": "
                                + g.word()
                                + " "
                                + g.counts().states()
                                + switch (g) {
                                    case Progress.Broken b ->
                                            b.what() + " cycle " + b.cycle().rows().size();
                                    case Progress.Inconclusive i -> i.reason();
                                    default -> "";
                                });
            }
            for (var m : p.planted()) {
                System.out.print("  " + m.words() + ": ");
                show(p.shown(m));
            }
        }
    }

    static void show(Conformance c) {
        System.out.println(
                "  "
                        + c.word()
                        + " "
                        + c.counts().states()
                        + " states "
                        + c.counts().seconds()
                        + " s "
                        + switch (c) {
                            case Conformance.Refines r ->
                                    "spec "
                                            + r.specification().states()
                                            + " pairs "
                                            + r.pairs()
                                            + " "
                                            + r.events();
                            case Conformance.DoesNotRefine d ->
                                    d.event()
                                            + " allowed "
                                            + d.allowed()
                                            + " after "
                                            + d.seen()
                                            + " rows "
                                            + d.trace().rows().size();
                            case Conformance.Inconclusive i -> i.reason();
                        });
    }
}
