package io.penstock.cluster.drive;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;

/**
 * Whoever runs the tasks of this node.
 *
 * <p>Threading: called on the member's thread; no method waits.
 */
public interface TaskRunner {

    /**
     * What a runner asks and says.
     *
     * <p>Threading: any thread; never blocks.
     */
    interface Lessor {

        /**
         * Whether a task may begin a delivery now. To be asked before each one: an answer is true
         * for the moment that it was asked for and no longer.
         */
        boolean mayDeliver(TaskKey task);

        /** A task that was to stop delivers nothing more. Once for each stop. */
        void stopped(TaskKey task);
    }

    /**
     * Start a task.
     *
     * @param since version of the row that says so
     * @param lessor whom to ask, and to tell when it has stopped
     */
    void start(TaskKey task, Version since, Lessor lessor);

    /** Stop it at a batch boundary, and say so. */
    void release(TaskKey task);

    /** Stop it now, and say so. It may have been told to release before. */
    void cut(TaskKey task);
}
