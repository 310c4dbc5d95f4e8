package io.penstock.gateway.metrics;

import io.penstock.gateway.access.Access;
import io.penstock.gateway.access.Tokens;
import io.penstock.gateway.catalog.Metric;
import io.penstock.gateway.catalog.NodeMetric;

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
        Tokens tokens = access.tokens();
        page.family(NodeMetric.ACCESS_TOKENS);
        tokens.outcomes()
                .forEach((outcome, n) -> page.sample(NodeMetric.ACCESS_TOKENS, n, outcome));
        single(page, NodeMetric.ACCESS_TOKEN_KEYS, tokens.keys());
        single(page, NodeMetric.ACCESS_TOKEN_KEYS_AGE, tokens.keysAgeS());
        single(page, NodeMetric.ACCESS_TOKEN_FAILURES, tokens.failures());
    }

    private static void single(PrometheusText page, Metric metric, long value) {
        page.family(metric);
        page.sample(metric, value);
    }
}
