package io.penstock.cluster.member;

import io.penstock.model.RepoName;

/**
 * What an export, or a source, does on a node. Rates are averages since the heartbeat before.
 *
 * <p>Threading: immutable.
 *
 * @param repo the repo
 * @param export the export, or a source as {@link io.penstock.cluster.TaskKey#ofSource} has it
 * @param recordsPerS records delivered per second; of a source, staged
 * @param bytesPerS bytes delivered per second; of a source, staged
 * @param lagRecords records accepted and not settled; of a source, not fetched
 * @param lagBytes bytes accepted and not settled; of a source 0
 * @param partitions partitions of all the topics of a source; 0 for an export, and while not known
 */
public record ExportLoad(
        RepoName repo,
        String export,
        double recordsPerS,
        double bytesPerS,
        long lagRecords,
        long lagBytes,
        int partitions) {

    /** Of an export. */
    public ExportLoad(
            RepoName repo,
            String export,
            double recordsPerS,
            double bytesPerS,
            long lagRecords,
            long lagBytes) {
        this(repo, export, recordsPerS, bytesPerS, lagRecords, lagBytes, 0);
    }
}
