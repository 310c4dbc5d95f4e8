package io.penstock.exporter.source;

import io.penstock.model.RepoName;

/**
 * A source at a moment. Counters begin at 0 with the process.
 *
 * @param name of the source
 * @param repo where its records go
 * @param partitions shares that it has now
 * @param ofPartitions shares that there are, for all nodes together; 0 while not known
 * @param records records staged
 * @param bytes bytes of those, as they lie in the ring
 * @param refusals offers that the stage refused; each is made again
 * @param queuedBytes bytes fetched and not yet staged
 * @param paused shares that are not fetched now for want of room
 * @param lagRecords records that the foreign system has and we have not fetched, as far as known
 * @param trouble what keeps it from pulling, in a few words; empty when nothing does
 */
public record SourceStats(
        String name,
        RepoName repo,
        int partitions,
        int ofPartitions,
        long records,
        long bytes,
        long refusals,
        long queuedBytes,
        int paused,
        long lagRecords,
        String trouble) {}
