package io.penstock.gateway.ingest;

import io.penstock.gateway.guard.GuardConfig;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import io.penstock.model.Tls;

/**
 * The data port: gRPC, HTTP/2 and HTTP/1.1 together.
 *
 * <p>Threading: immutable.
 */
public record IngressConfig(
        @Setting(
                        value = "127.0.0.1",
                        doc =
                                "Address to listen on; 0.0.0.0 is all. Any but loopback takes a"
                                        + " word in access about who may come.")
                String host,
        @Setting(value = "4400", doc = "Port; 0 takes a free one and says which.") int port,
        @Setting(
                        value = "0",
                        doc =
                                "Event loops that serve the data port; 0 is one per core. A"
                                        + " connection stays on its loop.")
                int instances,
        @Setting(
                        value = "8MiB",
                        doc =
                                "Longest request as it comes over the wire. Far above the 64 to 256"
                                        + " KiB from which on larger batches gain nothing.")
                int maxBatchBytes,
        @Setting(
                        value = "15MiB",
                        doc =
                                "Longest request after gzip or zstd was undone; must fit into a"
                                        + " segment of the ring.")
                int maxInflatedBytes,
        @Setting(
                        value = "1MiB",
                        doc =
                                "Largest single record. Sinks hold whole records in memory, several"
                                        + " at once.")
                int maxRecordBytes,
        @Setting(
                        value = "250",
                        doc =
                                "Largest ratio of inflated to compressed bytes, looked at beyond"
                                        + " 1 MiB; access logs reach 10 to 40, bombs 1000 and more.")
                int maxInflateRatio,
        @Setting(
                        value = "64MiB",
                        doc =
                                "Bytes of requests that are not yet staged, over the whole node."
                                        + " When they are used up, clients are paused.")
                long maxInflightBytes,
        @Setting(
                        value = "1024",
                        doc =
                                "Connections over the whole node; each may have 64 KiB unread, and"
                                        + " all together guard.max_window_bytes more. More are"
                                        + " closed.")
                int maxConnections,
        @Setting(value = "256", doc = "Requests that one HTTP/2 connection may have open at once.")
                int maxConcurrentStreams,
        @Setting(
                        value = "16MiB",
                        doc =
                                "HTTP/2 window of a connection. The 64 KiB of the standard caps a"
                                        + " connection at 64 KiB per round trip.")
                int connectionWindowBytes,
        @Setting(value = "1MiB", doc = "HTTP/2 window of a stream; the same reason.")
                int streamWindowBytes,
        @Setting(
                        value = "64KiB",
                        doc = "Longest HTTP/2 DATA frame and HTTP/1.1 chunk taken in one piece.")
                int maxFrameBytes,
        @Setting(value = "5m", doc = "A connection without an open request for so long is closed.")
                long idleTimeoutMs,
        @Setting(
                        value = "10s",
                        doc =
                                "A client that stops in the middle of a request, or does not read its"
                                        + " answers, for so long is given up.")
                long bodyTimeoutMs,
        @Setting(
                        doc =
                                "TLS on this port and on those of otlp, HTTP/2 by ALPN; see"
                                        + " docs/security.md.")
                Tls tls,
        @Setting(doc = "What one connection may do, and for how long.") GuardConfig guard) {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int MAX_PORT = 65_535;
    private static final int MIN_FRAME_BYTES = 16 * KIB;
    private static final int MAX_FRAME_BYTES = 16 * MIB - 1;

    /** Checks ranges. */
    public IngressConfig {
        Require.within("port", port, 0, MAX_PORT);
        Require.within("instances", instances, 0, 1024);
        Require.within("max_batch_bytes", maxBatchBytes, KIB, 1 << 30);
        Require.within("max_inflated_bytes", maxInflatedBytes, KIB, 1 << 30);
        Require.within("max_record_bytes", maxRecordBytes, 1, 1 << 30);
        Require.within("max_inflate_ratio", maxInflateRatio, 2, 1_000_000);
        Require.within("max_inflight_bytes", maxInflightBytes, maxBatchBytes, 1L << 40);
        Require.within("max_connections", maxConnections, 1, 1_000_000);
        Require.within("max_concurrent_streams", maxConcurrentStreams, 1, 100_000);
        Require.within("connection_window_bytes", connectionWindowBytes, 64 * KIB, 1 << 30);
        Require.within("stream_window_bytes", streamWindowBytes, 64 * KIB, connectionWindowBytes);
        Require.within("max_frame_bytes", maxFrameBytes, MIN_FRAME_BYTES, MAX_FRAME_BYTES);
        Require.within("idle_timeout_ms", idleTimeoutMs, 1000, 86_400_000);
        Require.within("body_timeout_ms", bodyTimeoutMs, 100, 3_600_000);
    }
}
