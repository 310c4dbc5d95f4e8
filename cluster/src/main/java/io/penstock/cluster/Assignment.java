package io.penstock.cluster;

/**
 * A task placed on a node, under a version.
 *
 * <p>Threading: immutable.
 *
 * @param task what runs
 * @param node where it runs
 * @param version newer replaces older; older never replaces newer
 */
public record Assignment(TaskKey task, NodeId node, Version version) {

    /**
     * Of two assignments of one task, the one that holds.
     *
     * @throws IllegalArgumentException when the tasks differ
     */
    public Assignment newer(Assignment other) {
        if (!task.equals(other.task)) {
            throw new IllegalArgumentException(
                    "assignments of two tasks: " + task + ", " + other.task);
        }
        return other.version.supersedes(version) ? other : this;
    }
}
