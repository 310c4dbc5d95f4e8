package io.penstock.cluster.member;

import java.util.List;
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
}
