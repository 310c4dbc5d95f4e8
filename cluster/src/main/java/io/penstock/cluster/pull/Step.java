package io.penstock.cluster.pull;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;

/**
 * What the puller wants done.
 *
 * <p>Threading: immutable.
 */
public sealed interface Step {

    /**
     * Ask a level, and hand the answer to {@link TablePuller#answered} with the same id.
     *
     * @param level which
     * @param id of this read, never used again
     * @param known version that the node has
     */
    record Read(Level level, long id, Version known) implements Step {}

    /**
     * The node has another table now: apply it, and write it to the local disk unless it came from
     * there.
     *
     * @param held the table
     */
    record Adopt(Held held) implements Step {}

    /**
     * The shared map is behind: put this there, if it is newer than what is there by then.
     *
     * @param table the table
     */
    record Fill(AssignmentTable table) implements Step {}
}
