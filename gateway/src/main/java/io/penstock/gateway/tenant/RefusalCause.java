package io.penstock.gateway.tenant;

import java.util.Locale;

/** Which limit of a tenant was in the way. */
public enum RefusalCause {
    /** {@code bytes_per_s}, of the tenant or of the repo. */
    BYTE_RATE,
    /** {@code requests_per_s}, of the tenant or of the repo. */
    REQUEST_RATE,
    /** {@code max_in_flight}, of the tenant or of the repo. */
    IN_FLIGHT,
    /** {@code max_connections}. */
    CONNECTIONS,
    /** {@code max_batch_bytes}. */
    BATCH_SIZE,
    /** {@code max_staged_bytes}, of the tenant or of the repo. */
    STAGED,
    /** {@code max_repos}. */
    REPOS,
    /** The tenant's share of what all have together. */
    SHARE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it stands in reports and metrics. */
    public String word() {
        return word;
    }
}
