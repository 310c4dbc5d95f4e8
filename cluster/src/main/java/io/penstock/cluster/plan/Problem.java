package io.penstock.cluster.plan;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.group.Weights;
import io.penstock.cluster.task.Resource;
import io.penstock.cluster.task.Sizing;
import io.penstock.cluster.task.Task;
import io.penstock.cluster.task.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A group's situation in arrays by dense index: nodes and tasks in the order of their keys. Amounts
 * of a node or task stand side by side, {@link #RESOURCES} to each.
 *
 * <p>Threading: immutable once made.
 */
final class Problem {

    /** The resources in the order in which their amounts stand. */
    static final List<Resource> ORDER =
            List.of(Resource.CPU, Resource.MEMORY, Resource.NETWORK, Resource.DISK);

    /** Resources of a node or task. */
    static final int RESOURCES = 4;

    /** In {@link #previous}: the task ran nowhere. */
    static final int NEVER = -1;

    /** In {@link #previous}: the task ran on a node that is not here any more. */
    static final int GONE = -2;

    /** In {@link #rule}: any node will do. */
    static final int ANY = -1;

    private static final double MICROS = 1e6;

    /**
     * What an idle task needs at least, in millionths of a unit: a hundredth of a core and 10 MiB.
     * Else any number of idle tasks would fit on one node.
     */
    private static final long[] LEAST_NEED = {10_000, 10_000, 0, 0};

    final SchedulingGroup group;
    final Node[] nodes;
    final Task[] tasks;

    /** Where each task ran: node, {@link #NEVER} or {@link #GONE}. */
    final int[] previous;

    /** Amounts by node. */
    final long[] capacity;

    /** What placing may use of {@link #capacity}. */
    final long[] limit;

    /** A node's load by each millionth of a unit that is used of it. */
    final double[] loadPerMicro;

    /** Amounts by task. */
    final long[] need;

    /** Which export a task is of. */
    final int[] export;

    /** Tasks of each export. */
    final int[] exportSize;

    /** Which nodes a task may run on: index into {@link #ruleNodes}, or {@link #ANY}. */
    final int[] rule;

    /** Nodes allowed by each rule, ascending. */
    final int[][] ruleNodes;

    /** Whether steps that improve a plan may move a task. */
    final boolean[] movable;

    /** Load of spread: of having all tasks of an export on one node. */
    final double spreadShare;

    private final Map<Integer, NodeId> lost = new HashMap<>();

    private Problem(SchedulingGroup group, Situation own) {
        this.group = group;
        nodes = sorted(own.nodes(), Node::id).toArray(Node[]::new);
        tasks = sorted(own.tasks(), Task::key).toArray(Task[]::new);
        capacity = new long[nodes.length * RESOURCES];
        limit = new long[nodes.length * RESOURCES];
        loadPerMicro = new double[nodes.length * RESOURCES];
        fillNodes();
        need = new long[tasks.length * RESOURCES];
        movable = new boolean[tasks.length];
        for (int t = 0; t < tasks.length; t++) {
            Units units = own.forecast().of(tasks[t]);
            for (int r = 0; r < RESOURCES; r++) {
                need[t * RESOURCES + r] = Math.max(LEAST_NEED[r], micros(units, r));
            }
            movable[t] = isMovable(tasks[t]);
        }
        previous = new int[tasks.length];
        fillPrevious(own.previous());
        export = new int[tasks.length];
        exportSize = exports();
        rule = new int[tasks.length];
        ruleNodes = rules();
        spreadShare = group.weights().spreadShare();
    }

    static Problem of(SchedulingGroup group, Situation own) {
        return new Problem(group, own);
    }

    /** Whether a task may run on a node, by its pins and labels. */
    boolean allows(int task, int node) {
        return rule[task] == ANY || Arrays.binarySearch(ruleNodes[rule[task]], node) >= 0;
    }

    boolean isPinned(int task) {
        return !tasks[task].pins().isEmpty();
    }

    /** Load that a task puts on a node. */
    double loadOf(int task, int node) {
        return load(need, task, node);
    }

    /** Load of a node by the amounts of an owner. */
    double load(long[] amounts, int owner, int node) {
        int a = owner * RESOURCES;
        int n = node * RESOURCES;
        return amounts[a] * loadPerMicro[n]
                + amounts[a + 1] * loadPerMicro[n + 1]
                + amounts[a + 2] * loadPerMicro[n + 2]
                + amounts[a + 3] * loadPerMicro[n + 3];
    }

    /** The node that ran a task and is not here any more; null if there is none. */
    @Nullable NodeId lostNode(int task) {
        return lost.get(task);
    }

    /** The index of a task; negative if it is not here. */
    int indexOf(TaskKey key) {
        int low = 0;
        int high = tasks.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = tasks[middle].key().compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private static boolean isMovable(Task task) {
        return task.pins().size() != 1 && !task.exclusive() && task.sizing() != Sizing.MERGING;
    }

    private static <T, K extends Comparable<K>> List<T> sorted(
            Collection<T> given, Function<T, K> key) {
        List<T> list = new ArrayList<>(given);
        list.sort(Comparator.comparing(key));
        for (int i = 1; i < list.size(); i++) {
            if (key.apply(list.get(i)).equals(key.apply(list.get(i - 1)))) {
                throw new IllegalArgumentException(key.apply(list.get(i)) + " is there twice");
            }
        }
        return list;
    }

    private void fillNodes() {
        Weights weights = group.weights();
        for (int n = 0; n < nodes.length; n++) {
            for (int r = 0; r < RESOURCES; r++) {
                int i = n * RESOURCES + r;
                capacity[i] = micros(nodes[n].capacity(), r);
                limit[i] = (long) Math.floor(capacity[i] * (1 - group.headroom()));
                // what a node has not got does not fit there; by a pin it may come all the same
                double share = weights.share(ORDER.get(r));
                loadPerMicro[i] = capacity[i] == 0 ? 0 : share / capacity[i];
            }
        }
    }

    private static long micros(Units units, int resource) {
        return Math.round(units.get(ORDER.get(resource)) * MICROS);
    }

    private void fillPrevious(Map<TaskKey, NodeId> table) {
        Map<NodeId, Integer> index = new HashMap<>();
        for (int n = 0; n < nodes.length; n++) {
            index.put(nodes[n].id(), n);
        }
        for (int t = 0; t < tasks.length; t++) {
            NodeId node = table.get(tasks[t].key());
            previous[t] = node == null ? NEVER : index.getOrDefault(node, GONE);
            if (previous[t] == GONE) {
                lost.put(t, node);
            }
        }
    }

    private int[] exports() {
        int count = 0;
        for (int t = 0; t < tasks.length; t++) {
            if (t > 0 && !tasks[t].key().sameExport(tasks[t - 1].key())) {
                count++;
            }
            export[t] = count;
        }
        int[] sizes = new int[tasks.length == 0 ? 0 : count + 1];
        for (int e : export) {
            sizes[e]++;
        }
        return sizes;
    }

    private int[][] rules() {
        Map<Object, Integer> known = new HashMap<>();
        List<int[]> allowed = new ArrayList<>();
        for (int t = 0; t < tasks.length; t++) {
            Task task = tasks[t];
            rule[t] = ANY;
            if (!task.pins().isEmpty() || !task.labels().isEmpty()) {
                // pins win over labels
                Object key = task.pins().isEmpty() ? task.labels() : task.pins();
                rule[t] =
                        known.computeIfAbsent(
                                key,
                                k -> {
                                    allowed.add(nodesFor(task));
                                    return allowed.size() - 1;
                                });
            }
        }
        return allowed.toArray(int[][]::new);
    }

    private int[] nodesFor(Task task) {
        int[] found = new int[nodes.length];
        int count = 0;
        for (int n = 0; n < nodes.length; n++) {
            boolean allowed =
                    task.pins().isEmpty()
                            ? nodes[n].labels().containsAll(task.labels())
                            : task.pins().contains(nodes[n].id());
            if (allowed) {
                found[count++] = n;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
