package io.penstock.perf.plan;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.plan.Situation;
import io.penstock.cluster.task.NeedForecast;
import io.penstock.cluster.task.Task;
import io.penstock.cluster.task.Units;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One scheduling group: nodes of three sizes, exports of one to some forty tasks each, needs
 * scattered around what fills the nodes to 60 %; one task in a hundred is pinned, one in fifty asks
 * for a label that a quarter of the nodes have.
 */
final class MadeUpCluster {
    private static final String GROUP = "default";
    private static final double FILL = 0.6;
    private static final double[] SIZES = {16, 32, 48};

    final SchedulingGroup group = SchedulingGroup.named(GROUP);
    final List<Node> nodes = new ArrayList<>();
    final List<Task> tasks = new ArrayList<>();
    private final SplittableRandom random;

    MadeUpCluster(int nodeCount, int taskCount, long seed) {
        random = new SplittableRandom(seed);
        double cores = 0;
        for (int n = 0; n < nodeCount; n++) {
            Node node = node(n);
            cores += node.capacity().cpu();
            nodes.add(node);
        }
        double mean = cores * FILL / taskCount;
        for (int repo = 0; tasks.size() < taskCount; repo++) {
            addExport(repo, Math.min(shares(), taskCount - tasks.size()), mean);
        }
    }

    Situation situation(Map<TaskKey, NodeId> previous) {
        return new Situation(previous, nodes, tasks, List.of(group), NeedForecast.LIVE);
    }

    /** Needs of some tasks are half to twice what they were. */
    void change(int count) {
        for (int i = 0; i < count; i++) {
            int t = random.nextInt(tasks.size());
            Task task = tasks.get(t);
            tasks.set(t, task.needing(task.need().times(0.5 + 1.5 * random.nextDouble())));
        }
    }

    private Node node(int index) {
        Node node = plain(index, SIZES[random.nextInt(SIZES.length)]);
        return index % 4 == 0 ? node.labelled(Set.of("ssd")) : node;
    }

    private static Node plain(int index, double size) {
        NodeId id = new NodeId(String.format("node-%05d", index));
        return Node.plain(id, GROUP, new Units(size, size * 2, size, size));
    }

    private int shares() {
        return random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1 + random.nextInt(4);
    }

    private void addExport(int repo, int shares, double mean) {
        RepoName name = new RepoName(String.format("repo-%07d", repo));
        double size = mean * (0.3 + 1.4 * random.nextDouble());
        for (int share = 0; share < shares; share++) {
            Units need = new Units(part(size), part(size) * 2, part(size), part(size));
            Task task = Task.plain(new TaskKey(name, "out", share), GROUP, need);
            int special = random.nextInt(100);
            if (special == 0) {
                task = task.pinnedTo(Set.of(anyNode()));
            } else if (special < 3) {
                task = task.labelled(Set.of("ssd"));
            }
            tasks.add(task);
        }
    }

    private double part(double size) {
        return size * (0.75 + 0.5 * random.nextDouble());
    }

    private NodeId anyNode() {
        return nodes.get(random.nextInt(nodes.size())).id();
    }
}
