package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Problem.RESOURCES;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who is where, while a plan is made. Used amounts are exact, so equal placements have equal loads,
 * whatever the way to them.
 *
 * <p>Threading: confined to the planner's thread until the plan is made, then left alone.
 */
final class Placement {

    /** In {@link #node} and in links: none. */
    static final int NONE = -1;

    /** Node of each task, or {@link #NONE}. */
    final int[] node;

    /** Amounts used, by node. */
    final long[] used;

    /** Load of each node: the weighted mean of the used shares of its resources. */
    final double[] load;

    /** The task for which a node is reserved, or {@link #NONE}. */
    final int[] holder;

    /** Nodes that take tasks: neither draining nor reserved. */
    final LoadOrder order;

    /** Why each task is where it is. */
    final @Nullable Reason[] reason;

    /** Why each task is nowhere. */
    final @Nullable Obstacle[] obstacle;

    private final Problem problem;
    private final Siblings siblings;
    private final int[] first;
    private final int[] next;
    private final int[] before;

    /** Counts changes that free room, so that searches know when to forget what did not fit. */
    private int releases;

    Placement(Problem problem) {
        this.problem = problem;
        int nodes = problem.nodes.length;
        int tasks = problem.tasks.length;
        node = filled(tasks);
        used = new long[nodes * RESOURCES];
        load = new double[nodes];
        holder = filled(nodes);
        order = new LoadOrder(nodes);
        reason = new Reason[tasks];
        obstacle = new Obstacle[tasks];
        siblings = new Siblings(tasks);
        first = filled(nodes);
        next = filled(tasks);
        before = filled(tasks);
    }

    /** The first step: every task that may stay where it ran does; then the order is made. */
    void keepWhatMayStay() {
        for (int t = 0; t < node.length; t++) {
            int was = problem.previous[t];
            if (was >= 0 && problem.allows(t, was)) {
                link(t, was);
                reason[t] = problem.isPinned(t) ? Reason.PINNED : Reason.KEPT;
            }
        }
        for (int n = 0; n < load.length; n++) {
            load[n] = problem.load(used, n, n);
            if (!problem.nodes[n].draining()) {
                order.add(n, load[n]);
            }
        }
    }

    /** Puts a task that is nowhere on a node. */
    void put(int task, int target, Reason why) {
        link(task, target);
        if (reason[task] == null || reason[task] == Reason.KEPT) {
            reason[task] = why;
        }
        obstacle[task] = null;
        refresh(target);
    }

    /** Takes a task off its node. */
    void take(int task) {
        int from = node[task];
        unlink(task, from);
        refresh(from);
        releases++;
    }

    /** Moves a placed task. */
    void move(int task, int target, Reason why) {
        take(task);
        put(task, target, why);
    }

    /** Reserves a node for a task that must be alone. */
    void reserve(int target, int task) {
        if (takesTasks(target)) {
            order.remove(target);
        }
        holder[target] = task;
    }

    /** Ends a reservation. */
    void release(int target) {
        holder[target] = NONE;
        if (takesTasks(target)) {
            order.add(target, load[target]);
        }
        releases++;
    }

    boolean takesTasks(int target) {
        return holder[target] == NONE && !problem.nodes[target].draining();
    }

    /** Whether a task fits beside what is there, within the given amounts of all nodes. */
    boolean fits(int task, int target, long[] within) {
        int a = task * RESOURCES;
        int n = target * RESOURCES;
        long[] need = problem.need;
        return used[n] + need[a] <= within[n]
                && used[n + 1] + need[a + 1] <= within[n + 1]
                && used[n + 2] + need[a + 2] <= within[n + 2]
                && used[n + 3] + need[a + 3] <= within[n + 3];
    }

    /** By how much a node uses more of a resource than placing may; 0 or less: it does not. */
    long excess(int target, int resource) {
        int i = target * RESOURCES + resource;
        return used[i] - problem.limit[i];
    }

    boolean isBeyondLimit(int target) {
        for (int r = 0; r < RESOURCES; r++) {
            if (excess(target, r) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The first task on a node, or {@link #NONE}; go on with {@link #after}. */
    int firstOn(int target) {
        return first[target];
    }

    /** The next task on the same node, or {@link #NONE}. */
    int after(int task) {
        return next[task];
    }

    /** Tasks of a task's export on a node; itself included if it is there. */
    int siblings(int task, int target) {
        int export = problem.export[task];
        return problem.exportSize[export] < 2 ? 0 : siblings.count(export, target);
    }

    int releases() {
        return releases;
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    private void refresh(int target) {
        load[target] = problem.load(used, target, target);
        if (takesTasks(target)) {
            order.update(target, load[target]);
        }
    }

    private void link(int task, int target) {
        node[task] = target;
        before[task] = NONE;
        next[task] = first[target];
        if (first[target] != NONE) {
            before[first[target]] = task;
        }
        first[target] = task;
        count(task, target, 1);
    }

    private void unlink(int task, int from) {
        node[task] = NONE;
        if (before[task] == NONE) {
            first[from] = next[task];
        } else {
            next[before[task]] = next[task];
        }
        if (next[task] != NONE) {
            before[next[task]] = before[task];
        }
        count(task, from, -1);
    }

    private void count(int task, int target, int sign) {
        for (int r = 0; r < RESOURCES; r++) {
            used[target * RESOURCES + r] += sign * problem.need[task * RESOURCES + r];
        }
        int export = problem.export[task];
        if (problem.exportSize[export] > 1) {
            siblings.add(export, target, sign);
        }
    }
}
