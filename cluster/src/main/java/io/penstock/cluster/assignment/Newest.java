package io.penstock.cluster.assignment;

/**
 * The newest table that was ever offered here; older ones, and the same one again, change nothing,
 * whatever order they come in.
 *
 * <p>Threading: any thread; writers wait for one another for the time of a comparison.
 */
public final class Newest {

    private volatile AssignmentTable newest = AssignmentTable.NONE;

    /** The newest table, {@link AssignmentTable#NONE} before the first. */
    public AssignmentTable get() {
        return newest;
    }

    /** Takes a table over when it is newer; answers whether it was. */
    public synchronized boolean offer(AssignmentTable table) {
        boolean newer = table.version().supersedes(newest.version());
        if (newer) {
            newest = table;
        }
        return newer;
    }
}
