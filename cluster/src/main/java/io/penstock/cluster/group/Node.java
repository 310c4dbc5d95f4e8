package io.penstock.cluster.group;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.task.Units;
import java.util.Set;

/**
 * A node that is alive, as the planner sees it. A dead node is not in the list.
 *
 * <p>Threading: immutable.
 *
 * @param id its name
 * @param group name of the scheduling group that it belongs to
 * @param capacity what it has for tasks
 * @param draining whether its tasks should leave and none come
 * @param labels what it offers to tasks that ask for it
 */
public record Node(NodeId id, String group, Units capacity, boolean draining, Set<String> labels) {

    /** Keeps a copy of the labels. */
    public Node {
        labels = Set.copyOf(labels);
    }

    /** A node without labels that takes tasks. */
    public static Node plain(NodeId id, String group, Units capacity) {
        return new Node(id, group, capacity, false, Set.of());
    }

    /** The same on its way out. */
    public Node drained() {
        return new Node(id, group, capacity, true, labels);
    }

    /** The same with these labels. */
    public Node labelled(Set<String> offered) {
        return new Node(id, group, capacity, draining, offered);
    }
}
