package io.penstock.exporter.fanout;

import io.penstock.exporter.pressure.PressureStats;
import io.penstock.model.RepoName;

/**
 * One export at a moment.
 *
 * @param repo repo
 * @param export export
 * @param state what it is doing
 * @param deliveredRecords records delivered since the cursor was made, replayed ones included
 * @param deliveredBytes bytes delivered since the stage was opened
 * @param deadLetteredRecords records that wait as dead letters
 * @param droppedRecords records dropped by rule or by a person
 * @param deliveries deliveries that the sink took since the stage was opened
 * @param attempts deliveries offered to the sink since the stage was opened
 * @param failures attempts that ended in Retry, a failure or a time-out
 * @param inFlight deliveries with the sink now
 * @param lagRecords records accepted and not settled
 * @param lagBytes bytes between position and tail
 * @param parkedBytes part of the lag beyond the memory share
 * @param oldestAgeMs age of the oldest record not settled, 0 when there is none
 * @param lastError last failure in words, or empty
 * @param pressure its limits
 */
public record ExportStats(
        RepoName repo,
        String export,
        ExportState state,
        long deliveredRecords,
        long deliveredBytes,
        long deadLetteredRecords,
        long droppedRecords,
        long deliveries,
        long attempts,
        long failures,
        int inFlight,
        long lagRecords,
        long lagBytes,
        long parkedBytes,
        long oldestAgeMs,
        String lastError,
        PressureStats pressure) {}
