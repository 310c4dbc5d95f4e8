package io.penstock.gateway.boot;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.gateway.cluster.AssignedSources;
import io.penstock.gateway.cluster.ThisNode;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.definition.LiveExports;
import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.tls.TlsPort;
import io.vertx.core.Vertx;
import java.util.List;

/** A node as its part in a cluster asks it. Threading: any thread. */
record OwnNode(Gateway gateway) implements ThisNode {
    @Override
    public GatewayConfig config() {
        return gateway.config();
    }

    @Override
    public Vertx vertx() {
        return gateway.vertx();
    }

    @Override
    public TlsPort tls() {
        return gateway.tls().nodes();
    }

    @Override
    public List<ExportStats> exports() {
        return gateway.fanOut().stats();
    }

    @Override
    public LiveExports live() {
        return gateway.exports().live();
    }

    @Override
    public AssignedSources sources() {
        return gateway.sources();
    }

    @Override
    public IngressNode ingress() {
        return gateway.ingress();
    }

    @Override
    public String adminScheme() {
        return gateway.adminScheme();
    }

    @Override
    public int adminPort() {
        return gateway.adminPort();
    }
}
