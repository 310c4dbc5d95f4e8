package io.penstock.gateway.metrics;

import io.penstock.gateway.metrics.catalog.Metric;
import io.penstock.gateway.metrics.catalog.NodeMetric;
import io.penstock.gateway.access.Access;

/** Reads who was let in. Threading: any thread. */
public final class AccessCollector implements Collector {
    private final Access access;

    /** Reads this. */
    public AccessCollector(Access access) {
        this.access = access;
    }

    @Override
    public void collect(PrometheusText page) {
        single(page, NodeMetric.ACCESS_KEYS, access.keys());
        single(page, NodeMetric.ADMIN_REFUSED, access.door().refused());
        single(page, NodeMetric.AUDIT_LOST, access.audit().lost());
    }

    private static void single(PrometheusText page, Metric metric, long value) {
        page.family(metric);
        page.sample(metric, value);
    }
}
