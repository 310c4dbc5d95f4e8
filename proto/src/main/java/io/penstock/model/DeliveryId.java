package io.penstock.model;

import java.util.Map;

/**
 * The identity of a delivery: the same records are always offered under the same id, through
 * retries, bisection and crashes, so that a sink can make its side effects idempotent.
 *
 * <p>Threading: immutable.
 *
 * @param repo the repo
 * @param export name of the export
 * @param epoch epoch of the ring
 * @param first first position of the run
 * @param end position behind the run
 * @param fromRecord first record of the run that belongs to the delivery, counted from 0
 * @param toRecord record behind the last one that belongs to it
 */
public record DeliveryId(
        RepoName repo,
        String export,
        long epoch,
        long first,
        long end,
        int fromRecord,
        int toRecord)
        implements Subject {

    @Override
    public Map<String, String> fields() {
        return Map.of("repo", repo.value(), "export", export);
    }

    /**
     * The id as text: {@code repo/export/epoch/first-end/from-to}, numbers in lower-case
     * hexadecimal. Safe as an HTTP header value; unique over all exports of a cluster.
     */
    @Override
    public String toString() {
        return repo
                + "/"
                + export
                + "/"
                + Long.toHexString(epoch)
                + "/"
                + Long.toHexString(first)
                + "-"
                + Long.toHexString(end)
                + "/"
                + Integer.toHexString(fromRecord)
                + "-"
                + Integer.toHexString(toRecord);
    }
}
