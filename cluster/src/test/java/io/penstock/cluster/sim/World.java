package io.penstock.cluster.sim;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Nodes, a network and a store in one thread, and a judge who sees all of them at once. */
final class World {
    static final long MS = 1_000_000;

    /** Rounding of clocks: what overlaps by less does not overlap. */
    private static final long ROUNDING_NS = 1_000;

    private record Event(long atNs, long number, Runnable act) {}

    final Random random;
    final Setup setup;
    final SimStore store = new SimStore();
    final OrderLaw orders = new OrderLaw(this);
    final List<SimNode> nodes = new ArrayList<>();
    final List<TaskKey> tasks = new ArrayList<>();
    final boolean[][] isCut;

    /** By node: whether it cannot reach the store. */
    final boolean[] isStoreCut;

    double loss;
    long mostDelayNs = 4 * MS;
    boolean isPlannerRestless = true;
    long nowNs;
    long events;
    long starts;
    @Nullable String violation;

    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(
                    (a, b) ->
                            a.atNs != b.atNs
                                    ? Long.compare(a.atNs, b.atNs)
                                    : Long.compare(a.number, b.number));
    private long number;

    World(long seed, Setup setup, int nodeCount, int voterCount, int taskCount) {
        this.random = new Random(seed);
        this.setup = setup;
        this.isCut = new boolean[nodeCount][nodeCount];
        this.isStoreCut = new boolean[nodeCount];
        for (int t = 0; t < taskCount; t++) {
            tasks.add(new TaskKey(new RepoName("r"), "e", t));
        }
        List<NodeId> voters = new ArrayList<>();
        for (int n = 0; n < voterCount; n++) {
            voters.add(new NodeId("n" + n));
        }
        for (int n = 0; n < nodeCount; n++) {
            nodes.add(new SimNode(this, n, voters));
        }
        nodes.forEach(node -> after(random.nextLong(500 * MS), node::start));
    }

    void after(long delayNs, Runnable act) {
        queue.add(new Event(nowNs + delayNs, number++, act));
    }

    void runUntil(long atNs) {
        while (violation == null) {
            Event next = queue.peek();
            if (next == null || next.atNs > atNs) {
                break;
            }
            queue.remove();
            nowNs = next.atNs;
            events++;
            next.act.run();
        }
        nowNs = Math.max(nowNs, atNs);
    }

    void send(int from, NodeId to, byte[] message) {
        for (SimNode node : nodes) {
            if (node.id.equals(to)) {
                transmit(from, node, message);
                if (loss > 0 && random.nextInt(20) == 0) {
                    transmit(from, node, message);
                }
            }
        }
    }

    private void transmit(int from, SimNode to, byte[] message) {
        if (isCut[from][to.index] || random.nextDouble() < loss) {
            return;
        }
        after(
                MS / 5 + random.nextLong(mostDelayNs),
                () -> {
                    if (!isCut[from][to.index]) {
                        to.receive(nodes.get(from).id, message);
                    }
                });
    }

    void heal() {
        for (boolean[] row : isCut) {
            Arrays.fill(row, false);
        }
        Arrays.fill(isStoreCut, false);
        loss = 0;
        mostDelayNs = 4 * MS;
        store.isDown = false;
        store.isStale = false;
        isPlannerRestless = false;
        nodes.forEach(SimNode::recover);
    }

    /** After everything that a node did: nothing runs twice, nobody leads twice. */
    void judge(SimNode changed) {
        boolean leads = changed.isLeader();
        for (SimNode other : nodes) {
            if (other == changed || !other.isUp()) {
                continue;
            }
            for (int t = 0; t < tasks.size(); t++) {
                if (changed.untilNs[t] > nowNs + ROUNDING_NS
                        && other.untilNs[t] > nowNs + ROUNDING_NS) {
                    blame("twice", tasks.get(t) + " at " + changed.id + " and " + other.id);
                }
            }
            if (leads && other.isLeader()) {
                blame("leaders", changed.id + " and " + other.id);
            }
        }
    }

    void blame(String law, String words) {
        if (violation == null) {
            violation = law + ": " + words + " at " + nowNs / MS + " ms";
        }
    }

    boolean everythingRuns() {
        for (int t = 0; t < tasks.size(); t++) {
            int task = t;
            if (nodes.stream().noneMatch(n -> n.isUp() && n.untilNs[task] > nowNs)) {
                return false;
            }
        }
        return true;
    }

    @Nullable SimNode leader() {
        for (SimNode node : nodes) {
            if (node.isUp() && node.isLeader()) {
                return node;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        StringBuilder words = new StringBuilder("newest " + store.newest().version());
        nodes.forEach(node -> words.append(System.lineSeparator()).append("  ").append(node));
        return words.toString();
    }
}
