package io.penstock.cluster.election;

import io.penstock.cluster.NodeId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What was confirmed by whom: for each voter the latest moment of sending that it answered. Moments
 * are of one node's own clock.
 *
 * <p>Threading: confined to one thread.
 */
public final class Confirmations {

    /** Before every moment, with room to add lengths of time. */
    public static final long NEVER = Long.MIN_VALUE / 4;

    private final Voters voters;
    private final Map<NodeId, Long> latest = new HashMap<>();

    /** Nothing is confirmed yet. */
    public Confirmations(Voters voters) {
        this.voters = voters;
    }

    /** A voter confirmed what was sent then. Whoever is no voter is not counted. */
    public void confirm(NodeId voter, long sentNs) {
        if (voters.contains(voter)) {
            latest.merge(voter, sentNs, Math::max);
        }
    }

    /** The latest moment such that this many voters confirmed it or a later one; or NEVER. */
    public long by(int quorum) {
        if (latest.size() < quorum) {
            return NEVER;
        }
        long[] sorted = latest.values().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length - quorum];
    }
}
