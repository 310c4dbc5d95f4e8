package io.penstock.perf.cluster;

import java.util.Set;

/**
 * What a node said of itself.
 *
 * @param askedNs when it was asked, by this process's clock
 * @param toldNs when it had answered
 * @param version of the table that it goes by
 * @param running tasks that it runs
 * @param leaseLeftMs of its lease, when it answered; 0 or less: it has none
 * @param lapses leases of its that ended
 * @param leader whom it takes for the leader; empty for nobody
 * @param leads whether it is the leader
 */
record Sight(
        long askedNs,
        long toldNs,
        String version,
        Set<String> running,
        long leaseLeftMs,
        long lapses,
        String leader,
        boolean leads) {

    /** No later than this its lease ended, unless it was renewed. */
    long leaseEndNs() {
        return toldNs + Math.max(0, leaseLeftMs) * 1_000_000;
    }
}
