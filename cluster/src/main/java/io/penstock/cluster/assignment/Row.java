package io.penstock.cluster.assignment;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;

/**
 * Where a task is.
 *
 * <p>Threading: immutable.
 *
 * @param node the node that it is with
 * @param state what that node shall do about it
 * @param since version of the table in which the row became what it is
 */
public record Row(NodeId node, State state, Version since) {

    /** What the node of a row shall do. */
    public enum State {
        /** Run the task, as long as the node's lease holds. */
        RUN,
        /** Stop it at a batch boundary and say so; it goes to another node afterwards. */
        RELEASE
    }
}
