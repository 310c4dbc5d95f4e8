package io.penstock.cluster;

import io.penstock.model.RepoName;

/**
 * The address of one task: a running share of an export.
 *
 * <p>Threading: immutable.
 *
 * @param repo the repo
 * @param export the export
 * @param share which of the export's shares, from 0
 */
public record TaskKey(RepoName repo, String export, int share) {

    /** A share is 0 or more. */
    public TaskKey {
        if (share < 0) {
            throw new IllegalArgumentException("share " + share + " is negative");
        }
    }
}
