package io.penstock.gateway.admin;

import io.penstock.gateway.tls.TlsPort;
import io.penstock.gateway.tls.TlsPorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Tells the certificates of the ports that speak TLS, without keys. Threading: any thread. */
public final class TlsReports {
    private TlsReports() {}

    /** All of them. */
    public static JsonObject of(TlsPorts ports) {
        JsonArray all = new JsonArray();
        ports.on().forEach(port -> all.add(of(port)));
        return new JsonObject().put("ports", all);
    }

    private static JsonObject of(TlsPort port) {
        JsonObject json =
                new JsonObject()
                        .put("port", port.name())
                        .put("engine", port.engine())
                        .put("subject", port.subject())
                        .put("ends", Instant.ofEpochSecond(port.endsAtSeconds()).toString())
                        .put("reloads", port.reloads())
                        .put("handshake_failures", port.handshakeFailures());
        return port.fault().isEmpty() ? json : json.put("fault", port.fault());
    }
}
