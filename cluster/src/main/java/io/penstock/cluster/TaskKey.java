package io.penstock.cluster;

import io.penstock.model.RepoName;

/**
 * The address of one task: a running share of an export. Keys order by repo, export, share, so that
 * the tasks of an export stand side by side.
 *
 * <p>Threading: immutable.
 *
 * @param repo the repo
 * @param export the export
 * @param share which of the export's shares, from 0
 */
public record TaskKey(RepoName repo, String export, int share) implements Comparable<TaskKey> {

    /** A share is 0 or more. */
    public TaskKey {
        if (share < 0) {
            throw new IllegalArgumentException("share " + share + " is negative");
        }
    }

    /** Whether both are shares of one export. */
    public boolean sameExport(TaskKey other) {
        return repo.equals(other.repo) && export.equals(other.export);
    }

    @Override
    public int compareTo(TaskKey other) {
        int order = repo.compareTo(other.repo);
        if (order == 0) {
            order = export.compareTo(other.export);
        }
        return order != 0 ? order : Integer.compare(share, other.share);
    }

    @Override
    public String toString() {
        return repo + "/" + export + "#" + share;
    }
}
