package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Row;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** For each task the one node that may be running it. A task that is not here runs nowhere. */
final class Holdings {

    /**
     * Who may be running a task.
     *
     * @param node the node
     * @param state what the newest table tells it
     * @param since version of the table in which that began
     */
    record Hold(NodeId node, Row.State state, Version since) {}

    private final TreeMap<TaskKey, Hold> holds = new TreeMap<>();
    private final Set<TaskKey> releasing = new HashSet<>();

    void put(TaskKey task, Hold hold) {
        holds.put(task, hold);
        if (hold.state() == Row.State.RELEASE) {
            releasing.add(task);
        } else {
            releasing.remove(task);
        }
    }

    @Nullable Hold get(TaskKey task) {
        return holds.get(task);
    }

    /** It runs nowhere any more. */
    void end(TaskKey task) {
        holds.remove(task);
        releasing.remove(task);
    }

    /** A node runs nothing any more. */
    void endAll(NodeId node) {
        holds.values().removeIf(hold -> hold.node().equals(node));
        releasing.removeIf(task -> !holds.containsKey(task));
    }

    /** All of them, by task; a view. */
    Map<TaskKey, Hold> all() {
        return Collections.unmodifiableMap(holds);
    }

    /** Tasks that their node was told to release; a copy. */
    Set<TaskKey> releasing() {
        return Set.copyOf(releasing);
    }

    /** Nodes that were told to release something; a copy. */
    Set<NodeId> releasingNodes() {
        Set<NodeId> nodes = new HashSet<>();
        for (TaskKey task : releasing) {
            Hold hold = holds.get(task);
            if (hold != null) {
                nodes.add(hold.node());
            }
        }
        return nodes;
    }
}
