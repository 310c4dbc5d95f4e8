package io.penstock.gateway.cluster;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.definition.LiveExports;
import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.tls.TlsPort;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * The rest of the node, as far as its part in a cluster asks it. Configuration, {@link #vertx} and
 * {@link #tls} are there from the beginning, all else once the node is made.
 *
 * <p>Threading: any thread.
 */
public interface ThisNode {
    /** What the node was made from. */
    GatewayConfig config();

    /** Its threads. */
    Vertx vertx();

    /** TLS between nodes. */
    TlsPort tls();

    /** Its exports, with what they counted. */
    List<ExportStats> exports();

    /** Its exports, those made by request with them. */
    LiveExports live();

    /** What it pulls. */
    AssignedSources sources();

    /** Its data port, which tells clients of owners. */
    IngressNode ingress();

    /** What stands before the address of the admin port, where there is more to say than that. */
    String adminScheme();

    /** The admin port; 0 before it listens. */
    int adminPort();
}
