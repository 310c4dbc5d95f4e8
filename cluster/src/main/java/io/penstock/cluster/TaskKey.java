package io.penstock.cluster;

import io.penstock.model.RepoName;
import io.penstock.model.Subject;
import java.util.Map;

/**
 * The address of one task: a running share of an export, or of a source. Keys order by repo,
 * export, share, so that the tasks of an export stand side by side. A source stands under its name
 * behind {@value #SOURCE}, which no export can be called; everything that is said of exports by
 * name (pins, groups, rates) can so be said of sources, too. Its shares are numbered as {@link
 * io.penstock.model.PartitionShare} says.
 *
 * <p>Threading: immutable.
 *
 * @param repo the repo
 * @param export the export, or {@link #ofSource}
 * @param share which of the shares, from 0
 */
public record TaskKey(RepoName repo, String export, int share)
        implements Comparable<TaskKey>, Subject {

    /** What a source's name stands behind; the colon is in no name. */
    public static final String SOURCE = "source:";

    /** A share is 0 or more. */
    public TaskKey {
        if (share < 0) {
            throw new IllegalArgumentException("share " + share + " is negative");
        }
    }

    @Override
    public Map<String, String> fields() {
        return Map.of("repo", repo.value(), "export", export, "task", toString());
    }

    /** A source, as it stands where exports do. */
    public static String ofSource(String source) {
        return SOURCE + source;
    }

    /** Whether this is a task of a source. */
    public boolean isSource() {
        return export.startsWith(SOURCE);
    }

    /** Name of the source; only where it is one's. */
    public String source() {
        return export.substring(SOURCE.length());
    }

    /** The key under which all tasks of its export, or source, are known. */
    public TaskKey first() {
        return share == 0 ? this : new TaskKey(repo, export, 0);
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
