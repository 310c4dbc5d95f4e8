package io.penstock.gateway.tenant;

import io.penstock.model.Require;
import io.penstock.model.Setting;

/**
 * What each single repo of a tenant may have on this node; 0 is no limit of its own. Bursts are the
 * tenant's.
 *
 * <p>Threading: immutable.
 *
 * @param bytesPerS bytes of batches per second, uncompressed
 * @param requestsPerS batches per second
 * @param maxInFlight requests between their first byte and their answer
 * @param maxStagedBytes bytes staged
 */
public record RepoLimits(
        @Setting(value = "0", doc = "Bytes of batches per second, counted uncompressed.")
                long bytesPerS,
        @Setting(value = "0", doc = "Batches per second.") long requestsPerS,
        @Setting(value = "0", doc = "Requests that wait for their answers.") int maxInFlight,
        @Setting(value = "0", doc = "Bytes staged; ring.max_bytes holds too.")
                long maxStagedBytes) {
    /** No limit at all. */
    public static final RepoLimits NONE = new RepoLimits(0, 0, 0, 0);

    /** Checks ranges. */
    public RepoLimits {
        Require.within("bytes_per_s", bytesPerS, 0, TenantLimits.MAX_PER_S);
        Require.within("requests_per_s", requestsPerS, 0, TenantLimits.MAX_PER_S);
        Require.within("max_in_flight", maxInFlight, 0, Integer.MAX_VALUE);
        Require.within("max_staged_bytes", maxStagedBytes, 0, Long.MAX_VALUE);
    }

    /** Whether a repo has to be told from the others of its tenant while it is pushed to. */
    boolean areCounted() {
        return bytesPerS > 0 || requestsPerS > 0 || maxInFlight > 0;
    }
}
