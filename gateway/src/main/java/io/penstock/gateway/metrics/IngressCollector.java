package io.penstock.gateway.metrics;

import io.penstock.gateway.catalog.IngressMetric;
import io.penstock.gateway.catalog.Metric;
import io.penstock.gateway.guard.Closing;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.IngressCounters;
import io.penstock.gateway.ingest.IngressNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Reads the data port. Threading: any thread. */
public final class IngressCollector implements Collector {
    private final IngressNode node;
    private final Map<String, IngressCounters> transports;

    /** Reads this one. */
    public IngressCollector(IngressNode node) {
        this.node = node;
        this.transports = new TreeMap<>(Map.of("grpc", node.grpc(), "http", node.http()));
    }

    @Override
    public void collect(PrometheusText page) {
        each(page, IngressMetric.REQUESTS, IngressCounters::requests);
        each(page, IngressMetric.BYTES, IngressCounters::bytes);
        each(page, IngressMetric.ACCEPTED, IngressCounters::acceptedRequests);
        page.family(IngressMetric.FAULTS);
        transports.forEach(
                (transport, counters) -> {
                    for (FaultKind kind : FaultKind.values()) {
                        page.sample(
                                IngressMetric.FAULTS,
                                counters.faults(kind),
                                transport,
                                kind.word());
                    }
                });
        each(page, IngressMetric.OPEN, IngressCounters::openCalls);
        page.single(IngressMetric.CONNECTIONS, node.connections());
        page.family(IngressMetric.CLOSED);
        for (Closing why : Closing.values()) {
            page.sample(IngressMetric.CLOSED, node.guardedPort().closed(why), why.word());
        }
        page.single(IngressMetric.WINDOW, node.guardedPort().windowBytes());
        page.single(IngressMetric.INFLIGHT, node.budget().usedBytes());
    }

    private void each(PrometheusText page, Metric metric, ToLongFunction<IngressCounters> value) {
        page.family(metric);
        transports.forEach(
                (transport, counters) ->
                        page.sample(metric, value.applyAsLong(counters), transport));
    }
}
