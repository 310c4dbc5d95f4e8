package io.penstock.cluster.member;

import io.penstock.model.RepoName;

/**
 * What an export does on a node. Rates are averages since the heartbeat before.
 *
 * <p>Threading: immutable.
 *
 * @param repo the repo
 * @param export the export
 * @param recordsPerS records delivered per second
 * @param bytesPerS bytes delivered per second
 * @param lagRecords records accepted and not settled
 * @param lagBytes bytes accepted and not settled
 */
public record ExportLoad(
        RepoName repo,
        String export,
        double recordsPerS,
        double bytesPerS,
        long lagRecords,
        long lagBytes) {}
