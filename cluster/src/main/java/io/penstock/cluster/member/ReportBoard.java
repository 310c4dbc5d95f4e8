package io.penstock.cluster.member;

import io.penstock.cluster.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where every node hangs out its newest report.
 *
 * <p>Threading: any thread; never blocks.
 */
public interface ReportBoard {
    /** Replaces the report of this node. Best effort; the next heartbeat brings another one. */
    void publish(NodeReport report);

    /**
     * The reports of those in the directory, in no order. Those that do not come in time, or cannot
     * be read, are left out.
     */
    CompletionStage<List<NodeReport>> read(long deadlineMs);

    /**
     * What a node said last, there or not. Empty where it does not come in time, cannot be read, or
     * is gone with the node: nobody has a copy, so that a node that dies may take its report along,
     * while one that stops in order hands it on.
     */
    CompletionStage<Optional<NodeReport>> last(NodeId node, long deadlineMs);
}
