package io.penstock.cluster.member;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * This node's place in a cluster. The parts are there once {@link #join} has completed, and until
 * {@link #leave}.
 *
 * <p>Threading: any thread; never blocks.
 */
public interface Membership {
    /** Joins; fails with a {@link RefusedException} when the cluster does not want this node. */
    CompletionStage<Void> join();

    /** Leaves, so that the others know at once. Safe without {@link #join}, and twice. */
    CompletionStage<Void> leave();

    /** Why this node is no member any more, though it did not leave by itself. */
    Optional<String> expelled();

    /** Who is there. */
    NodeDirectory directory();

    /** From node to node. */
    ClusterMessages messages();

    /** What all keep together. */
    TableCache tables();

    /** What each says of itself. */
    ReportBoard reports();
}
