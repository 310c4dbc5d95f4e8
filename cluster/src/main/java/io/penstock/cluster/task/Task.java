package io.penstock.cluster.task;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import java.util.Set;

/**
 * A share of an export as the planner sees it.
 *
 * <p>Threading: immutable.
 *
 * @param key its address
 * @param group name of the scheduling group that it is placed in
 * @param need what it needs now, smoothed
 * @param exclusive whether it must be alone on its node
 * @param pins the only nodes that it may run on, whatever else holds; empty: not pinned
 * @param labels labels that its node must have, all of them
 * @param sizing whether it is being split or merged
 */
public record Task(
        TaskKey key,
        String group,
        Units need,
        boolean exclusive,
        Set<NodeId> pins,
        Set<String> labels,
        Sizing sizing) {

    /** Keeps copies of the sets. */
    public Task {
        pins = Set.copyOf(pins);
        labels = Set.copyOf(labels);
    }

    /** A task that may run on any node of its group. */
    public static Task plain(TaskKey key, String group, Units need) {
        return new Task(key, group, need, false, Set.of(), Set.of(), Sizing.STEADY);
    }

    /** The same with another need. */
    public Task needing(Units other) {
        return new Task(key, group, other, exclusive, pins, labels, sizing);
    }

    /** The same on these nodes only. */
    public Task pinnedTo(Set<NodeId> nodes) {
        return new Task(key, group, need, exclusive, nodes, labels, sizing);
    }

    /** The same, alone on its node. */
    public Task alone() {
        return new Task(key, group, need, true, pins, labels, sizing);
    }

    /** The same, on nodes with these labels only. */
    public Task labelled(Set<String> wanted) {
        return new Task(key, group, need, exclusive, pins, wanted, sizing);
    }

    /** The same in another state of its size. */
    public Task sized(Sizing other) {
        return new Task(key, group, need, exclusive, pins, labels, other);
    }
}
