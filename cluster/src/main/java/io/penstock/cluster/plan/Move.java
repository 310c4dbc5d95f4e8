package io.penstock.cluster.plan;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import org.jspecify.annotations.Nullable;

/**
 * A task that changes its node.
 *
 * <p>Threading: immutable.
 *
 * @param task which
 * @param from where it ran; null if nowhere. The node may be gone.
 * @param to where it shall run
 * @param reason why
 */
public record Move(TaskKey task, @Nullable NodeId from, NodeId to, Reason reason) {

    /** Whether a running task is moved, as opposed to one that starts. */
    public boolean isHandOver() {
        return from != null;
    }
}
