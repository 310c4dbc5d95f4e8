package io.penstock.gateway.guard;

import io.penstock.model.Require;
import io.penstock.model.Setting;

/**
 * What one connection may do, and for how long.
 *
 * <p>Threading: immutable.
 */
public record GuardConfig(
        @Setting(
                        value = "512",
                        doc =
                                "Connections from one address (of IPv6: one /64), half of"
                                        + " max_connections, so that one cannot take all. Raise it"
                                        + " behind a proxy; 0 is no limit.")
                int maxConnectionsPerAddress,
        @Setting(
                        value = "8192",
                        doc =
                                "Requests that may be open over the whole node, beside four of each"
                                        + " connection. More are refused as HTTP/2 has it, which"
                                        + " libraries take as leave to try again.")
                int maxOpenRequests,
        @Setting(
                        value = "10s",
                        doc =
                                "Longest time from the connection, or from the first byte of a later"
                                        + " request, to the end of the request's head.")
                long headTimeoutMs,
        @Setting(
                        value = "240",
                        doc =
                                "Least bytes per second of a body, once it has taken longer than"
                                        + " body_timeout_ms; 0 lets it trickle.")
                int minBodyBytesPerS,
        @Setting(
                        value = "128MiB",
                        doc =
                                "HTTP/2 windows of all connections together. A connection that sends"
                                        + " gets an eighth of what is left, up to"
                                        + " connection_window_bytes; 64 KiB it has in any case.")
                long maxWindowBytes,
        @Setting(
                        value = "30m",
                        doc =
                                "Age at which a connection is ended in good order, give or take a"
                                        + " tenth, so that clients spread over nodes anew; 0 is"
                                        + " never.")
                long maxAgeMs,
        @Setting(
                        value = "30s",
                        doc = "Time that requests under way then have; the rest is cut off.")
                long ageGraceMs,
        @Setting(
                        value = "1m",
                        doc =
                                "After so long without a byte an HTTP/2 client is pinged; 0 is"
                                        + " never.")
                long pingAfterMs,
        @Setting(value = "20s", doc = "A client that answers no ping for so long is gone.")
                long pingTimeoutMs,
        @Setting(
                        value = "10s",
                        doc =
                                "Shortest time between pings of a client that sends nothing else; it"
                                        + " is what gRPC libraries allow at least. Who pings oftener"
                                        + " hears too_many_pings.")
                long minPingIntervalMs) {

    /** All as by default. */
    public static final GuardConfig DEFAULT =
            new GuardConfig(
                    512,
                    8192,
                    10_000,
                    240,
                    128L << 20,
                    30 * 60_000L,
                    30_000,
                    60_000,
                    20_000,
                    10_000);

    private static final long DAY_MS = 86_400_000;

    /** Checks ranges. */
    public GuardConfig {
        Require.within("max_connections_per_address", maxConnectionsPerAddress, 0, 1_000_000);
        Require.within("max_open_requests", maxOpenRequests, 0, 10_000_000);
        Require.within("head_timeout_ms", headTimeoutMs, 100, DAY_MS);
        Require.within("min_body_bytes_per_s", minBodyBytesPerS, 0, 1 << 30);
        Require.within("max_window_bytes", maxWindowBytes, 0, 1L << 40);
        Require.within("max_age_ms", maxAgeMs, 0, 365 * DAY_MS);
        Require.within("age_grace_ms", ageGraceMs, 0, DAY_MS);
        Require.within("ping_after_ms", pingAfterMs, 0, DAY_MS);
        Require.within("ping_timeout_ms", pingTimeoutMs, 100, DAY_MS);
        Require.within("min_ping_interval_ms", minPingIntervalMs, 0, DAY_MS);
    }
}
