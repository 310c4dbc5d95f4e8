package io.penstock.gateway.trace;

import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * Keys {@code tracing.*}.
 *
 * <p>Threading: immutable.
 *
 * @param enabled whether anything is traced
 * @param sample share of the pushes without a context
 * @param endpoint of the collector
 * @param headers of every request to it
 * @param maxCarried contexts that are remembered
 * @param maxQueued spans that wait
 */
public record TracingConfig(
        @Setting(
                        value = "false",
                        doc =
                                "Whether pushes are traced to their deliveries, and spans sent; see"
                                        + " docs/tracing.md.")
                boolean enabled,
        @Setting(
                        value = "0.01",
                        doc =
                                "Share of the pushes without traceparent that is traced, 0 to 1. With"
                                        + " one, the client has decided.")
                double sample,
        @Setting(
                        value = "http://127.0.0.1:4318/v1/traces",
                        doc = "Where spans go: OTLP over HTTP, protobuf.")
                String endpoint,
        @Setting(
                        value = "{}",
                        doc = "Headers of every request to it, e.g. authorization.",
                        secret = true)
                Map<String, String> headers,
        @Setting(
                        value = "16384",
                        doc =
                                "Traced pushes whose context is remembered until their records are"
                                        + " delivered; about 200 bytes each. The oldest are forgotten"
                                        + " first.")
                int maxCarried,
        @Setting(
                        value = "8192",
                        doc = "Spans that wait for the collector; more are dropped and counted.")
                int maxQueued) {

    private static final int MOST = 1 << 20;

    /** Checks ranges. */
    public TracingConfig {
        headers = Map.copyOf(headers);
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("sample: must be 0 to 1, is " + sample);
        }
        Require.between("max_carried", maxCarried, 1, MOST);
        Require.between("max_queued", maxQueued, 1, MOST);
        checkUrl(endpoint);
    }

    private static void checkUrl(String endpoint) {
        try {
            URI uri = new URI(endpoint);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        "endpoint: must be http://host... or https://host..., without credentials");
            }
        } catch (URISyntaxException malformed) {
            // its message repeats the URL, which may hold a password
            throw new IllegalArgumentException(
                    "endpoint: " + malformed.getReason() + " at character " + malformed.getIndex());
        }
    }
}
