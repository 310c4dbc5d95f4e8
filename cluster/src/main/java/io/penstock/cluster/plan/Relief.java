package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Placement.NONE;
import static io.penstock.cluster.plan.Problem.RESOURCES;

import java.util.Arrays;

/**
 * Moves tasks off nodes that are beyond their headroom, to where they fit; as few as will do. A
 * task that fits nowhere stays: a crowded task runs better than none.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class Relief {
    private final Problem problem;
    private final Placement placement;
    private final Search search;

    /** The node for which a task was tried last, so that each is tried once. */
    private final int[] triedFor;

    Relief(Problem problem, Placement placement, Search search) {
        this.problem = problem;
        this.placement = placement;
        this.search = search;
        triedFor = new int[problem.tasks.length];
    }

    /** Whether anything changed. */
    boolean run() {
        Arrays.fill(triedFor, NONE);
        boolean changed = false;
        for (int n = 0; n < problem.nodes.length; n++) {
            if (placement.takesTasks(n)) {
                changed |= relieve(n);
            }
        }
        return changed;
    }

    private boolean relieve(int node) {
        boolean changed = false;
        while (placement.isBeyondLimit(node)) {
            int task = choose(node);
            if (task == NONE) {
                return changed;
            }
            triedFor[task] = node;
            int target = search.withinLimit(task);
            if (target != NONE) {
                placement.move(task, target, Reason.RELIEF);
                changed = true;
            }
        }
        return changed;
    }

    /** The smallest task without which the node is within its limit; else the largest there is. */
    private int choose(int node) {
        int enough = NONE;
        int largest = NONE;
        for (int t = placement.firstOn(node); t != NONE; t = placement.after(t)) {
            if (!problem.movable[t] || triedFor[t] == node || !relieves(t, node)) {
                continue;
            }
            if (largest == NONE || isLarger(t, largest, node)) {
                largest = t;
            }
            if (isEnough(t, node) && (enough == NONE || isLarger(enough, t, node))) {
                enough = t;
            }
        }
        return enough != NONE ? enough : largest;
    }

    private boolean isLarger(int task, int other, int node) {
        double load = problem.loadOf(task, node);
        double otherLoad = problem.loadOf(other, node);
        return load > otherLoad || (load == otherLoad && task < other);
    }

    private boolean relieves(int task, int node) {
        for (int r = 0; r < RESOURCES; r++) {
            if (placement.excess(node, r) > 0 && problem.need[task * RESOURCES + r] > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isEnough(int task, int node) {
        for (int r = 0; r < RESOURCES; r++) {
            if (placement.excess(node, r) > problem.need[task * RESOURCES + r]) {
                return false;
            }
        }
        return true;
    }
}
