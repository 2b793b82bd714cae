package stillpoint.program;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// For each branch, the first node that both ways lead to: where an `if` can be closed.
final class Meeting {
    private Meeting() {}

    /// The meeting point of each node's ways, or -1 where they end without meeting.
    static int[] points(Flow flow) {
        List<Node> nodes = flow.nodes();
        int n = nodes.size();
        // Post-dominators by sets: graphs have some hundred nodes.
        var behind = new BitSet[n];
        for (int i = 0; i < n; i++) {
            behind[i] = new BitSet(n);
            if (nodes.get(i).next().isEmpty()) behind[i].set(i);
            else behind[i].set(0, n);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = n - 1; i >= 0; i--) {
                if (nodes.get(i).next().isEmpty()) continue;
                var now = new BitSet(n);
                now.set(0, n);
                for (int next : nodes.get(i).next()) now.and(behind[next]);
                now.set(i);
                if (!now.equals(behind[i])) {
                    behind[i] = now;
                    changed = true;
                }
            }
        }
        int[] points = new int[n];
        Arrays.fill(points, -1);
        for (int i = 0; i < n; i++) points[i] = nearest(behind, i);
        return points;
    }

    private static int nearest(BitSet[] behind, int node) {
        int best = -1;
        for (int p = behind[node].nextSetBit(0); p >= 0; p = behind[node].nextSetBit(p + 1))
            if (p != node && (best < 0 || behind[p].cardinality() > behind[best].cardinality()))
                best = p;
        return best;
    }
}
