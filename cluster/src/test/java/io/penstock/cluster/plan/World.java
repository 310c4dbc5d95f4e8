package io.penstock.cluster.plan;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.task.NeedForecast;
import io.penstock.cluster.task.Task;
import io.penstock.cluster.task.Units;
import io.penstock.model.RepoName;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A cluster by hand: what changes, and the plan after it. */
final class World {
    static final String GROUP = "default";

    final Map<NodeId, Node> nodes = new TreeMap<>();
    final Map<TaskKey, Task> tasks = new TreeMap<>();
    final Map<String, SchedulingGroup> groups = new TreeMap<>();
    Map<TaskKey, NodeId> table = new HashMap<>();

    World() {
        groups.put(GROUP, SchedulingGroup.named(GROUP));
    }

    static Units units(double each) {
        return new Units(each, each, each, each);
    }

    static NodeId id(String name) {
        return new NodeId(name);
    }

    static TaskKey key(String export, int share) {
        return new TaskKey(new RepoName("orders"), export, share);
    }

    Node known(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    Task known(TaskKey key) {
        return Objects.requireNonNull(tasks.get(key));
    }

    SchedulingGroup group() {
        return Objects.requireNonNull(groups.get(GROUP));
    }

    World node(String name, double each) {
        return node(Node.plain(id(name), GROUP, units(each)));
    }

    World node(Node node) {
        nodes.put(node.id(), node);
        return this;
    }

    World nodes(int count, double each) {
        for (int n = 0; n < count; n++) {
            node(String.format("n%03d", n), each);
        }
        return this;
    }

    World export(String name, int shares, double each) {
        for (int s = 0; s < shares; s++) {
            task(Task.plain(key(name, s), GROUP, units(each)));
        }
        return this;
    }

    World task(Task task) {
        tasks.put(task.key(), task);
        return this;
    }

    Situation situation() {
        return new Situation(
                table, nodes.values(), tasks.values(), groups.values(), NeedForecast.LIVE);
    }

    /** Plans and takes the plan over. */
    ClusterPlan plan() {
        ClusterPlan plan = Planner.plan(situation());
        table = plan.table();
        return plan;
    }

    /** Where a task runs by the last plan. */
    String where(TaskKey task) {
        NodeId node = table.get(task);
        return node == null ? "nowhere" : node.value();
    }

    long tasksOn(String name) {
        return table.values().stream().filter(node -> node.value().equals(name)).count();
    }
}
