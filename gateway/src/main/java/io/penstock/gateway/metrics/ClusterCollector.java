package io.penstock.gateway.metrics;

import io.penstock.cluster.drive.ClusterNode;
import io.penstock.cluster.drive.Standing;
import io.penstock.gateway.catalog.ClusterMetric;
import io.penstock.gateway.catalog.Metric;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads this node's part in a cluster; no samples while it has none. Threading: any thread. */
public final class ClusterCollector implements Collector {
    private final Supplier<Optional<ClusterNode>> source;

    /** Reads this. */
    public ClusterCollector(Supplier<Optional<ClusterNode>> source) {
        this.source = source;
    }

    @Override
    public void collect(PrometheusText page) {
        ClusterNode node = source.get().orElse(null);
        Standing standing = node == null ? null : node.standing();
        single(page, ClusterMetric.LEADS, standing == null ? null : standing.leads() ? 1L : 0L);
        single(page, ClusterMetric.EPOCH, standing == null ? null : epoch(standing));
        single(page, ClusterMetric.TABLE, standing == null ? null : sequence(standing));
        single(
                page,
                ClusterMetric.RUNNING,
                standing == null ? null : (long) standing.running().size());
        Long leftMs = standing == null ? null : standing.leaseLeftMs(System.nanoTime());
        page.family(ClusterMetric.LEASE_LEFT);
        if (leftMs != null) {
            page.sample(ClusterMetric.LEASE_LEFT, leftMs / 1e3);
        }
        single(page, ClusterMetric.LAPSES, standing == null ? null : standing.lapses());
        single(page, ClusterMetric.STORE_READS, node == null ? null : node.storeReads());
        single(page, ClusterMetric.REFUSED, node == null ? null : node.refusedMessages());
        single(page, ClusterMetric.DROPPED, node == null ? null : node.droppedMessages());
    }

    private static long epoch(Standing standing) {
        return standing.table().version().epoch();
    }

    private static long sequence(Standing standing) {
        return standing.table().version().sequence();
    }

    private static void single(PrometheusText page, Metric metric, @Nullable Long value) {
        page.family(metric);
        if (value != null) {
            page.sample(metric, value.longValue());
        }
    }
}
