package io.penstock.cluster.election;

import java.util.concurrent.TimeUnit;

/**
 * All lengths of time of the protocol, in nanoseconds, each by the clock of whoever waits. With L
 * the length of a lease and clocks whose rates differ by at most {@link #DRIFT_PERCENT} percent:
 *
 * <ul>
 *   <li>a node delivers until L after it sent what was confirmed; whoever takes its tasks waits 1.1
 *       L after the last yes: 1.1 L by the fastest clock is L by the slowest;
 *   <li>a leader acts until 0.8 L after it sent what was confirmed; a voter grants no other one for
 *       1.2 L after it heard of it.
 * </ul>
 *
 * <p>Threading: immutable.
 *
 * @param heartbeatNs between two renewals of a node's lease
 * @param leaseNs L
 * @param softEndNs how long after the sending of a confirmed renewal a node begins to stop
 * @param silenceNs how long a node is silent before the leader fences it: two heartbeats and a
 *     quarter
 * @param fenceWaitNs from a voter's last yes until the lease that rests on it is over everywhere
 * @param blindNs from a voter's start until every lease that it may have confirmed before is over
 * @param leaderRenewNs between two renewals of the leader
 * @param leaderActsNs how long after the sending of a confirmed renewal a leader acts
 * @param voterWaitNs how long a voter stands by a leader that it heard of
 * @param restartWaitNs from a voter's start until it grants anything
 */
public record Timing(
        long heartbeatNs,
        long leaseNs,
        long softEndNs,
        long silenceNs,
        long fenceWaitNs,
        long blindNs,
        long leaderRenewNs,
        long leaderActsNs,
        long voterWaitNs,
        long restartWaitNs) {

    /** By how much the rates of two clocks may differ. */
    public static final int DRIFT_PERCENT = 10;

    /** Usual time between heartbeats. */
    public static final int HEARTBEAT_MS = 800;

    /** Usual length of a lease. */
    public static final int LEASE_MS = 2400;

    /** Sound lengths for a heartbeat and a lease. */
    public static Timing of(int heartbeatMs, int leaseMs) {
        if (leaseMs < 100 || leaseMs > 600_000) {
            throw new IllegalArgumentException("lease_ms: 100 to 600000, not " + leaseMs);
        }
        if (heartbeatMs < 10 || heartbeatMs > leaseMs * 2L / 5) {
            throw new IllegalArgumentException(
                    "heartbeat_ms: 10 to two fifths of lease_ms, so that one may be lost; not "
                            + heartbeatMs);
        }
        long heartbeat = TimeUnit.MILLISECONDS.toNanos(heartbeatMs);
        long lease = TimeUnit.MILLISECONDS.toNanos(leaseMs);
        long drifted = lease * (100 + DRIFT_PERCENT) / 100;
        return new Timing(
                heartbeat,
                lease,
                lease * 9 / 10,
                heartbeat * 2 + heartbeat / 4,
                drifted,
                drifted,
                lease / 3,
                lease * 8 / 10,
                lease * 12 / 10,
                lease * 12 / 10);
    }

    /** The usual lengths. */
    public static Timing usual() {
        return of(HEARTBEAT_MS, LEASE_MS);
    }

    /** Longest of the random waits before a voter asks for votes the first time. */
    public long backOffNs() {
        return leaseNs / 8;
    }

    /**
     * How long a new leader looks for orders that a voter named before it goes on without them:
     * four leases, in which a voter that names something answers many times over, or is dead.
     */
    public long ordersWaitNs() {
        return 4 * leaseNs;
    }

    /** How long a candidate waits for votes, and a leader for an answer before it asks again. */
    public long roundNs() {
        return leaseNs / 12;
    }
}
