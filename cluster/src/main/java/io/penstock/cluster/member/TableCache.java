package io.penstock.cluster.member;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tables that the nodes of a cluster keep together in memory, by name (L2). An older version never
 * replaces a newer one, not even when two halves of a cluster meet again. It is a cache: everything
 * may be gone when enough nodes are.
 *
 * <p>Threading: any thread; never blocks. Stages fail when the cluster does not answer in time or
 * this node has left; they complete on a thread of the cluster, which must not be blocked.
 */
public interface TableCache {
    /** Longest table, its version included. */
    int MAX_TABLE_BYTES = 64 << 20;

    /**
     * A name under which a table lies in the memory of one node, so that whoever reads or writes it
     * waits for that node and no other: a node that has fallen silent keeps its share of a shared
     * map from everybody until it is off the list. Nodes agree on it while nobody comes or goes;
     * meanwhile a table may seem to be missing.
     */
    String keptBy(NodeId node, String name);

    /** The newest that is kept; empty when there is none. */
    CompletionStage<Optional<VersionedBytes>> read(String name, long deadlineMs);

    /** Its version alone, which costs the same however long it is; {@link Version#NONE} of none. */
    CompletionStage<Version> newest(String name, long deadlineMs);

    /**
     * Keeps a table, unless one as new or newer is kept.
     *
     * @return whether it is kept now
     */
    CompletionStage<Boolean> offer(String name, VersionedBytes table, long deadlineMs);
}
