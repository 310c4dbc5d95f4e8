package io.penstock.exporter.fanout;

import io.penstock.model.RepoName;

/**
 * What became of the records that one export owes.
 *
 * <p>Threading: immutable.
 *
 * @param repo repo
 * @param export export
 * @param accepted records appended since the export's cursor was made
 * @param delivered records delivered, replayed dead letters included
 * @param staged records not settled, within the memory share; counted in the ring
 * @param parked records not settled, further back; counted in the ring
 * @param deadLettered records that wait as dead letters
 * @param dropped records dropped by rule, by a person, or damaged on the disk
 */
public record LedgerRow(
        RepoName repo,
        String export,
        long accepted,
        long delivered,
        long staged,
        long parked,
        long deadLettered,
        long dropped) {

    /** What does not add up; 0 is right. */
    public long residue() {
        return accepted - delivered - staged - parked - deadLettered - dropped;
    }
}
