package io.penstock.gateway.tenant;

import java.util.Map;

/**
 * A tenant at one moment.
 *
 * <p>Threading: immutable.
 *
 * @param rule what it may have
 * @param used what it has
 * @param refused what was in the way since the node started, how often
 */
public record TenantStats(TenantRule rule, Used used, Map<RefusalCause, Long> refused) {
    /** Copies. */
    public TenantStats {
        refused = Map.copyOf(refused);
    }

    /**
     * What a tenant has.
     *
     * @param inFlight requests that wait for their answers
     * @param connections that are its own, as far as any tenant has a limit of them
     * @param gatheredBytes of requests that are not whole
     * @param stagedBytes of all its repos
     * @param diskBytes of the segment files of those that are open
     * @param repos that exist
     * @param deliveries with sinks
     * @param acceptedRequests since the node started
     * @param acceptedBytes of those, uncompressed
     */
    public record Used(
            int inFlight,
            int connections,
            long gatheredBytes,
            long stagedBytes,
            long diskBytes,
            int repos,
            int deliveries,
            long acceptedRequests,
            long acceptedBytes) {}
}
