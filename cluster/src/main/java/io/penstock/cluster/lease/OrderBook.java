package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.election.Confirmations;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a leader knows of the orders that voters keep: first to come by the newest, then to see that
 * a majority has its own. Voters say what they keep only in answers by which they accept this
 * leader's epoch; so what a majority said it kept in one epoch, somebody of every majority names to
 * each later leader.
 */
final class OrderBook {
    private final Timing timing;
    private final Voters voters;
    private final long epoch;
    private final Map<NodeId, Version> kept = new HashMap<>();
    private final Map<NodeId, Long> askedNs = new HashMap<>();
    private Orders newest = Orders.NONE;
    private boolean isTaken;
    private long waitEndNs = Confirmations.NEVER;

    OrderBook(Timing timing, Voters voters, long epoch) {
        this.timing = timing;
        this.voters = voters;
        this.epoch = epoch;
    }

    /** A voter that has accepted the epoch keeps these. */
    void heard(NodeId voter, Version since) {
        if (voters.contains(voter)) {
            kept.merge(voter, since, (a, b) -> a.supersedes(b) ? a : b);
        }
    }

    /** Orders of former leaders, from wherever. */
    void learn(Orders orders) {
        if (orders.since().supersedes(newest.since()) && orders.since().epoch() < epoch) {
            newest = orders;
        }
    }

    /** The newest of former leaders that are known. */
    Orders newest() {
        return newest;
    }

    /** Whether this leader goes by {@link #newest} and what it made of them. */
    boolean isTaken() {
        return isTaken;
    }

    /** Whether a majority has nothing newer than what is known. */
    boolean isComplete() {
        return kept.values().stream().filter(since -> !since.supersedes(newest.since())).count()
                >= voters.majority();
    }

    /** Goes by what is known from now on, if that is enough or has to be. */
    void take(boolean isEnough, long nowNs, BiConsumer<Version, Version> lost) {
        if (waitEndNs == Confirmations.NEVER) {
            waitEndNs = nowNs + timing.ordersWaitNs();
        }
        isTaken = isEnough || nowNs >= waitEndNs;
        if (isTaken && !isEnough) {
            Version named = kept.values().stream().max(Version::compareTo).orElse(Version.NONE);
            lost.accept(newest.since(), named);
        }
    }

    /** Voters to ask now for newer orders than are known; none once it goes by what is known. */
    List<NodeId> toAsk(long nowNs) {
        List<NodeId> ask = new ArrayList<>();
        if (isTaken) {
            return ask;
        }
        kept.forEach(
                (voter, since) -> {
                    long askedAgoNs = nowNs - askedNs.getOrDefault(voter, Confirmations.NEVER);
                    if (since.supersedes(newest.since()) && askedAgoNs >= timing.roundNs()) {
                        askedNs.put(voter, nowNs);
                        ask.add(voter);
                    }
                });
        return ask;
    }

    /** The newest of this leader's own that so many voters keep; {@link Version#NONE} if none. */
    Version confirmed(int quorum) {
        if (kept.size() < quorum) {
            return Version.NONE;
        }
        Version[] sorted = kept.values().toArray(Version[]::new);
        Arrays.sort(sorted);
        Version byQuorum = sorted[sorted.length - quorum];
        return byQuorum.epoch() == epoch ? byQuorum : Version.NONE;
    }

    @Override
    public String toString() {
        return "orders " + newest.since() + (isTaken ? "" : " (not taken over)") + " kept " + kept;
    }
}
