package io.penstock.gateway.tenant;

import io.penstock.model.Require;
import io.penstock.model.Setting;

/**
 * What a tenant may have on this node, all its repos together; 0 is no limit of its own.
 *
 * <p>Threading: immutable.
 *
 * @param bytesPerS bytes of batches per second, uncompressed
 * @param requestsPerS batches per second
 * @param burstMs how much of a second's rates may be taken at once, in time
 * @param maxInFlight requests between their first byte and their answer
 * @param maxConnections connections that are its own
 * @param maxStagedBytes bytes staged
 * @param maxRepos repos that exist
 * @param maxBatchBytes largest batch
 * @param maxRecordBytes largest record
 */
public record TenantLimits(
        @Setting(value = "0", doc = "Bytes of batches per second, counted uncompressed.")
                long bytesPerS,
        @Setting(value = "0", doc = "Batches per second.") long requestsPerS,
        @Setting(
                        value = "1s",
                        doc =
                                "What of the two rates may come at once after a time of quiet: so much"
                                        + " time's worth.")
                long burstMs,
        @Setting(
                        value = "0",
                        doc =
                                "Requests that wait for their answers. HTTP requests count from their"
                                        + " headers on, gRPC ones when they are whole.")
                int maxInFlight,
        @Setting(
                        value = "0",
                        doc =
                                "Connections to the data port. One belongs to the tenant of the first"
                                        + " batch over it that its sender may push.")
                int maxConnections,
        @Setting(value = "0", doc = "Bytes staged, parked ones included.") long maxStagedBytes,
        @Setting(value = "0", doc = "Repos that may exist; a push cannot create more.")
                int maxRepos,
        @Setting(
                        value = "0",
                        doc = "Largest batch, uncompressed; beside ingress.*, which holds too.")
                int maxBatchBytes,
        @Setting(value = "0", doc = "Largest record; beside ingress.max_record_bytes.")
                int maxRecordBytes) {
    /** Beyond this the arithmetic of {@link RateBucket} has no room. */
    static final long MAX_PER_S = 100_000_000_000L;

    static final long MAX_BURST_MS = 60_000;

    /** No limit at all. */
    public static final TenantLimits NONE = new TenantLimits(0, 0, 1_000, 0, 0, 0, 0, 0, 0);

    /** Checks ranges. */
    public TenantLimits {
        Require.within("bytes_per_s", bytesPerS, 0, MAX_PER_S);
        Require.within("requests_per_s", requestsPerS, 0, MAX_PER_S);
        Require.within("burst_ms", burstMs, 1, MAX_BURST_MS);
        Require.within("max_in_flight", maxInFlight, 0, Integer.MAX_VALUE);
        Require.within("max_connections", maxConnections, 0, Integer.MAX_VALUE);
        Require.within("max_staged_bytes", maxStagedBytes, 0, Long.MAX_VALUE);
        Require.within("max_repos", maxRepos, 0, Integer.MAX_VALUE);
        Require.within("max_batch_bytes", maxBatchBytes, 0, Integer.MAX_VALUE);
        Require.within("max_record_bytes", maxRecordBytes, 0, Integer.MAX_VALUE);
    }
}
