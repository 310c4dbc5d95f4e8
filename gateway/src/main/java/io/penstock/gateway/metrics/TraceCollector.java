package io.penstock.gateway.metrics;

import io.penstock.gateway.catalog.NodeMetric;
import io.penstock.gateway.trace.Tracing;

/** Reads what became of spans. Threading: any thread. */
public final class TraceCollector implements Collector {
    private final Tracing tracing;

    /** Reads this. */
    public TraceCollector(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public void collect(PrometheusText page) {
        page.family(NodeMetric.TRACE_SPANS)
                .sample(NodeMetric.TRACE_SPANS, tracing.exported(), "exported")
                .sample(NodeMetric.TRACE_SPANS, tracing.dropped(), "dropped")
                .sample(NodeMetric.TRACE_SPANS, tracing.failed(), "failed");
        page.single(NodeMetric.TRACE_CARRIED, tracing.carried());
    }
}
