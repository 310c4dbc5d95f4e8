package io.penstock.cluster.election;

import io.penstock.cluster.NodeId;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The nodes that vote: fixed by configuration, the same on every node, whoever is alive. Any {@link
 * #majority} and any {@link #leaseQuorum} have a voter in common: what a majority refuses, no node
 * gets.
 *
 * <p>Threading: immutable.
 *
 * @param ids who votes, at least one
 */
public record Voters(SortedSet<NodeId> ids) {

    /** Most voters: more make the cluster slower and hardly safer. */
    public static final int MOST = 9;

    /** Copies the set. */
    public Voters {
        ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
        if (ids.isEmpty() || ids.size() > MOST) {
            throw new IllegalArgumentException(
                    "voters: 1 to " + MOST + " node ids, not " + ids.size());
        }
    }

    /** These voters. */
    public static Voters of(Set<NodeId> ids) {
        return new Voters(new TreeSet<>(ids));
    }

    /** E. */
    public int count() {
        return ids.size();
    }

    /** M = floor(E / 2) + 1: as many as make a leader, and as many as make a fence. */
    public int majority() {
        return ids.size() / 2 + 1;
    }

    /** Q = E - M + 1: as many as make a lease. */
    public int leaseQuorum() {
        return ids.size() - majority() + 1;
    }

    /** Whether a node votes. */
    public boolean contains(NodeId node) {
        return ids.contains(node);
    }
}
