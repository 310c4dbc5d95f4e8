package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.message.Message;

/**
 * What a member asks of the process that it lives in. No method waits, and none calls the member
 * back before it has returned.
 *
 * <p>Threading: called on the member's thread, within a call of the member.
 */
public interface Surroundings {

    /** Sends bytes to another node; they may be lost. */
    void send(NodeId to, byte[] message);

    /**
     * Stores a table where nodes pull it, and says so by {@link Member#saved} or {@link
     * Member#notSaved}. An older table never replaces a newer one there, however late it comes.
     */
    void write(AssignmentTable table);

    /** A table at least this new is said to be there: fetch it and {@link Member#offer} it. */
    void pull(Version atLeast);

    /**
     * Start a task. It may deliver while {@link Member#mayDeliver} says so, asked before each
     * delivery.
     */
    void start(TaskKey task, Version since);

    /**
     * Stop a task at a batch boundary, and say {@link Member#stopped}. It may deliver until then
     * while {@link Member#mayDeliver} says so.
     */
    void release(TaskKey task);

    /**
     * Stop a task now, and say {@link Member#stopped}. {@link Member#mayDeliver} ends by itself,
     * whether or not the task has stopped by then.
     */
    void cut(TaskKey task);

    /** A message came that is not the member's: somebody wants something, or hears about it. */
    void deliver(NodeId from, Message message);

    /**
     * This node leads, and could not come by the newest orders within the time for it. It goes on
     * by older ones: what was confirmed since may be lost.
     *
     * @param had version of those that it goes on by
     * @param named version of those that a voter named
     */
    void ordersLost(Version had, Version named);
}
