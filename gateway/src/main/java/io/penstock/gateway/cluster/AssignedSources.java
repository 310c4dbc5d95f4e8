package io.penstock.gateway.cluster;

import io.penstock.exporter.source.SourceStats;
import io.penstock.exporter.source.kafka.AssignedShares;
import java.util.List;

/** What a node pulls of its sources, as the cluster assigns it. Threading: any thread. */
public interface AssignedSources {
    /**
     * The shares of a source that this node has; of one that it does not know nothing is pulled,
     * and what is given can go again.
     */
    AssignedShares assigned(String source);

    /** Whether nothing is assigned to this node, or is still being given up. */
    boolean areReleased();

    /** What each has pulled. */
    List<SourceStats> stats();
}
