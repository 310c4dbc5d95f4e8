package io.penstock.cluster.store;

import io.penstock.cluster.assignment.AssignmentTable;
import java.util.concurrent.CompletionStage;

/**
 * The last of the levels: keeps the newest table through the death of every node.
 *
 * <p>Threading: any thread; never blocks. Answers come on a thread of the store's, which is not to
 * be kept.
 */
public interface AssignmentStore extends TableLevel, AutoCloseable {

    /**
     * Keeps a table if it is newer than the one that is there, as one step that no other writer
     * comes between. The one that is there already, byte by byte, counts as kept: so a save whose
     * answer was lost is just tried again.
     *
     * @return what became of it; completes normally, always, within a bound of the store's own
     */
    CompletionStage<Saved> save(AssignmentTable table);

    /** Lets go of files, connections and threads; waits for what is on its way, up to a bound. */
    @Override
    void close();
}
