package stillpoint.primitive;

import java.util.ArrayList;
import java.util.List;
import stillpoint.check.Liveness;
import stillpoint.check.Promise;
import stillpoint.check.Refinement;
import stillpoint.evidence.Conformance;
import stillpoint.evidence.Progress;
import stillpoint.machine.Model;

/// A waiting primitive: what it promises, how it is built, and what is wrong with it when it is
/// built wrongly.
///
/// @param name for a table
/// @param specification the atomic rule, with clients
/// @param implementation the same clients over the implementation
/// @param clients models of the implementation whose calls have to come back
/// @param reply the event that follows `call`
/// @param planted the implementation with a mistake
record Primitive(
        String name,
        Model specification,
        Model implementation,
        List<Client> clients,
        String reply,
        List<Planted> planted) {
    /// Clients whose calls have to come back: in words, the model, and what else must come to pass.
    record Client(String words, Model model, List<Promise> also) {
        Client {
            also = List.copyOf(also);
        }

        Client(String words, Model model) {
            this(words, model, List.of());
        }
    }

    /// A mistake: in words, the model of the implementation that makes it, and what it should do
    /// with the same clients.
    record Planted(String words, Model model, Model specification) {}

    Primitive {
        clients = List.copyOf(clients);
        planted = List.copyOf(planted);
    }

    Primitive(
            String name,
            Model specification,
            Model implementation,
            List<Client> clients,
            String reply,
            Planted... planted) {
        this(name, specification, implementation, clients, reply, List.of(planted));
    }

    /// Everything that was asked of it, with the answers.
    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(finding("refines its specification", refines()));
        for (Client client : clients) findings.add(finding(client.words(), returns(client)));
        for (Planted mistake : planted)
            findings.add(finding("mistake: " + mistake.words(), shown(mistake)));
        return findings;
    }

    /// Whether the implementation does only what the specification allows.
    Conformance refines() {
        return Refinement.of(implementation, specification).verdict();
    }

    /// Whether a wait comes back.
    Progress returns(Client client) {
        Liveness liveness = Liveness.of(client.model()).follows("call", reply);
        for (Promise promise : client.also()) liveness = liveness.and(promise);
        return liveness.verdict();
    }

    /// What shows a mistake: an event that the specification does not allow.
    Conformance shown(Planted mistake) {
        return Refinement.of(mistake.model(), mistake.specification()).verdict();
    }

    private Finding finding(String question, Conformance answer) {
        String shown =
                switch (answer) {
                    case Conformance.Refines r ->
                            r.pairs()
                                    + " pairs with the specification's "
                                    + r.specification().states()
                                    + " states";
                    case Conformance.DoesNotRefine d ->
                            d.event()
                                    + " after "
                                    + String.join(", ", d.seen())
                                    + "; allowed: "
                                    + String.join(", ", d.allowed());
                    case Conformance.Inconclusive i -> i.reason();
                };
        return new Finding(
                name, question, answer.bounds(), answer.word(), answer.counts().states(), shown);
    }

    private Finding finding(String client, Progress answer) {
        String shown =
                switch (answer) {
                    case Progress.Kept k -> String.join(", ", k.promises());
                    case Progress.Broken b ->
                            b.what() + " (a cycle of " + b.cycle().rows().size() + " steps)";
                    case Progress.Inconclusive i -> i.reason();
                };
        return new Finding(
                name,
                "returns, " + client,
                answer.bounds(),
                answer.word(),
                answer.counts().states(),
                shown);
    }
}
