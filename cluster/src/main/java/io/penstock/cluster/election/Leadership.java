package io.penstock.cluster.election;

import io.penstock.cluster.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node leads, provably. Ask before every act; an answer is true for the moment that it
 * was asked for and no longer.
 *
 * <p>Threading: the member's thread.
 */
public interface Leadership {

    /**
     * Whether this node leads and can prove it: a majority of the voters has confirmed a renewal
     * that was sent so lately that none of them grants another leader yet.
     *
     * @param nowNs now, by the node's clock that never goes back
     */
    boolean isLeader(long nowNs);

    /** Epoch of this node's leadership, 0 if it does not lead. */
    long epoch();

    /** Whom this node takes for the leader, itself included; null if it knows none. */
    @Nullable NodeId leader();
}
