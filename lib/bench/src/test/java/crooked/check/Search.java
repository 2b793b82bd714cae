package crooked.check;

import crooked.evidence.Finding;
import crooked.simulate.Clock;

/// A checker that looks at the simulator's clock.
public class Search {
    public Finding run(Clock clock) {
        return new Finding(this);
    }
}
