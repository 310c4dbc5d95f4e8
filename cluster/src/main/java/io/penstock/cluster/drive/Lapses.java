package io.penstock.cluster.drive;

import io.penstock.cluster.election.Confirmations;

/**
 * Counts leases that lapsed: times at which a lease was in force and then was not. An answer to a
 * renewal that comes when the lease is long over may move its end, from one moment in the past to
 * another: that is the end of no further lease.
 *
 * <p>Threading: confined to the member's thread.
 */
final class Lapses {
    private boolean isInForce;
    private long latestNs = Confirmations.NEVER;
    private long count;
    private long lastNs = Confirmations.NEVER;

    /**
     * Looks at the lease, before and after all that may change it.
     *
     * @param endNs when it ends, or ended
     * @param nowNs now; a moment before the last one counts as that one, since a turn within a turn
     *     is over before the outer one looks again
     * @return whether a lease has lapsed since the last look
     */
    boolean see(long endNs, long nowNs) {
        latestNs = Math.max(latestNs, nowNs);
        boolean wasInForce = isInForce;
        isInForce = latestNs < endNs;
        boolean hasLapsed = wasInForce && !isInForce;
        if (hasLapsed) {
            count++;
            lastNs = endNs;
        }
        return hasLapsed;
    }

    /** How many there were. */
    long count() {
        return count;
    }

    /** When the last one ended; long ago if none did. */
    long lastNs() {
        return lastNs;
    }
}
