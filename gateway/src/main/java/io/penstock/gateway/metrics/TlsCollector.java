package io.penstock.gateway.metrics;

import io.penstock.gateway.catalog.NodeMetric;
import io.penstock.gateway.tls.TlsPort;
import io.penstock.gateway.tls.TlsPorts;

/** Reads the ports that speak TLS. Threading: any thread. */
public final class TlsCollector implements Collector {
    private final TlsPorts ports;

    /** Reads these. */
    public TlsCollector(TlsPorts ports) {
        this.ports = ports;
    }

    @Override
    public void collect(PrometheusText page) {
        page.family(NodeMetric.TLS_EXPIRY);
        for (TlsPort port : ports.on()) {
            page.sample(NodeMetric.TLS_EXPIRY, port.endsAtSeconds(), port.name());
        }
        page.family(NodeMetric.TLS_RELOADS);
        for (TlsPort port : ports.on()) {
            page.sample(NodeMetric.TLS_RELOADS, port.reloads(), port.name(), "ok");
            page.sample(NodeMetric.TLS_RELOADS, port.reloadFailures(), port.name(), "failed");
        }
        page.family(NodeMetric.TLS_HANDSHAKE_FAILURES);
        for (TlsPort port : ports.on()) {
            page.sample(NodeMetric.TLS_HANDSHAKE_FAILURES, port.handshakeFailures(), port.name());
        }
    }
}
