package io.penstock.cluster.member;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.task.Units;
import java.util.Set;

/**
 * A node that is in the cluster: what does not change while it runs.
 *
 * <p>Threading: immutable.
 *
 * @param id its name; one process at a time has it
 * @param incarnation which start of the node this is; a later one has a larger number
 * @param address {@code host:port} of its cluster port
 * @param forward {@code host:port} on which it takes deliveries of others; empty if it takes none
 * @param data {@code host:port} of its data port, where that is known before it is open; else empty
 * @param group its scheduling group
 * @param labels what it offers to tasks that ask for it
 * @param capacity what it has for tasks
 */
public record Member(
        NodeId id,
        long incarnation,
        String address,
        String forward,
        String data,
        String group,
        Set<String> labels,
        Units capacity) {

    /** Keeps a copy of the labels. */
    public Member {
        labels = Set.copyOf(labels);
    }

    /** One that takes no deliveries of others. */
    public Member(
            NodeId id,
            long incarnation,
            String address,
            String group,
            Set<String> labels,
            Units capacity) {
        this(id, incarnation, address, "", "", group, labels, capacity);
    }

    /** The same at an address. */
    public Member at(String where) {
        return new Member(id, incarnation, where, forward, data, group, labels, capacity);
    }

    /** As the planner wants it. */
    public Node node(boolean draining) {
        return new Node(id, group, capacity, draining, labels);
    }
}
