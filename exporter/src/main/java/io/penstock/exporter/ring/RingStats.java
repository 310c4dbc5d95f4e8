package io.penstock.exporter.ring;

import java.util.List;

/**
 * A point-in-time view of a ring.
 *
 * @param head lowest position still needed
 * @param tail position behind the last claimed entry
 * @param acceptedRecords records appended since the ring was made
 * @param segments segments with live data
 * @param diskBytes bytes of all the ring's files
 * @param quarantinedEntries entries that failed their checksum and were passed over
 * @param cursors one row per cursor
 */
public record RingStats(
        long head,
        long tail,
        long acceptedRecords,
        int segments,
        long diskBytes,
        long quarantinedEntries,
        List<CursorStats> cursors) {

    /**
     * One cursor.
     *
     * @param name export
     * @param position everything below is settled
     * @param baseRecords {@link RingStats#acceptedRecords} that the cursor does not owe: those
     *     before its start
     * @param deliveredRecords records delivered
     * @param deadLetteredRecords records dead-lettered
     * @param droppedRecords records dropped by rule
     * @param openTakes transactions open
     * @param lagBytes bytes between position and tail
     * @param parkedBytes part of the lag that lies beyond the memory share
     */
    public record CursorStats(
            String name,
            long position,
            long baseRecords,
            long deliveredRecords,
            long deadLetteredRecords,
            long droppedRecords,
            int openTakes,
            long lagBytes,
            long parkedBytes) {}
}
