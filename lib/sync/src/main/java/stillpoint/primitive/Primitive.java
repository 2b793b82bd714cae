package stillpoint.primitive;

import java.util.List;
import stillpoint.check.Liveness;
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
    /// Clients whose calls have to come back: in words, and the model.
    record Client(String words, Model model) {}

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

    /// Whether the implementation does only what the specification allows.
    Conformance refines() {
        return Refinement.of(implementation, specification).verdict();
    }

    /// Whether a wait comes back.
    Progress returns(Client client) {
        return Liveness.of(client.model()).follows("call", reply).verdict();
    }

    /// What shows a mistake: an event that the specification does not allow.
    Conformance shown(Planted mistake) {
        return Refinement.of(mistake.model(), mistake.specification()).verdict();
    }
}
