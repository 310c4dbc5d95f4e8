package io.penstock.cluster.drive;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.election.Confirmations;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * How a node stood at a moment. Moments are of {@code System.nanoTime()}.
 *
 * <p>Threading: immutable.
 *
 * @param atNs when
 * @param leader whom it takes for the leader, itself included; null if it knows none
 * @param leads whether it leads, provably
 * @param settled whether it leads and knows of every task who may be running it
 * @param epoch of its leadership, 0 if it does not lead
 * @param table what it goes by
 * @param running tasks that were started here and have not stopped
 * @param leaseEndNs when its lease ends if nothing renews it
 * @param lapses leases that ended because nothing renewed them
 * @param lapsedNs when the last of them ended
 * @param voterFault why its vote is not to be had; empty if it is
 */
public record Standing(
        long atNs,
        @Nullable NodeId leader,
        boolean leads,
        boolean settled,
        long epoch,
        AssignmentTable table,
        SortedSet<TaskKey> running,
        long leaseEndNs,
        long lapses,
        long lapsedNs,
        String voterFault) {

    /**
     * Milliseconds that the lease still has; less than 0 when it is over, null before the first.
     */
    public @Nullable Long leaseLeftMs(long nowNs) {
        return leaseEndNs < Confirmations.NEVER / 2 ? null : (leaseEndNs - nowNs) / 1_000_000;
    }
}
