package io.penstock.gateway.metrics;

import io.penstock.exporter.relay.RelayCounters;
import io.penstock.gateway.catalog.ClusterMetric;
import io.penstock.gateway.catalog.Metric;
import java.util.function.LongSupplier;

/** Reads what goes to other nodes and comes from them. Threading: any thread. */
public final class ForwardCollector implements Collector {
    private final RelayCounters counters;
    private final LongSupplier heldBytes;

    /** Reads these. */
    public ForwardCollector(RelayCounters counters, LongSupplier heldBytes) {
        this.counters = counters;
        this.heldBytes = heldBytes;
    }

    @Override
    public void collect(PrometheusText page) {
        single(page, ClusterMetric.FORWARD_SENT, counters.sentDeliveries());
        single(page, ClusterMetric.FORWARD_SENT_BYTES, counters.sentBytes());
        single(page, ClusterMetric.FORWARD_SENT_IN_FLIGHT, counters.sentUnderWay());
        single(page, ClusterMetric.FORWARD_LOST, counters.lost());
        single(page, ClusterMetric.FORWARD_TAKEN, counters.takenDeliveries());
        single(page, ClusterMetric.FORWARD_TAKEN_BYTES, counters.takenBytes());
        single(page, ClusterMetric.FORWARD_HELD, heldBytes.getAsLong());
        single(page, ClusterMetric.FORWARD_NOT_OWNER, counters.refusedAsNotOwner());
    }

    private static void single(PrometheusText page, Metric metric, long value) {
        page.family(metric);
        page.sample(metric, value);
    }
}
