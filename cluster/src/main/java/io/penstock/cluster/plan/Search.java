package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Placement.NONE;
import static io.penstock.cluster.plan.Problem.ANY;

/**
 * Finds the node that costs a task least: {@code load after it comes + spread x share of its
 * export's tasks that are there}.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class Search {

    /**
     * Nodes looked at, least loaded first, before the best that fits is taken. All are looked at
     * until one fits.
     */
    static final int PROBES = 16;

    private final Problem problem;
    private final Placement placement;
    private final Misfits beyondLimit;
    private final Misfits beyondCapacity;

    Search(Problem problem, Placement placement) {
        this.problem = problem;
        this.placement = placement;
        beyondLimit = new Misfits(problem, placement);
        beyondCapacity = new Misfits(problem, placement);
    }

    /** The best node that takes tasks within the limits of the group; or {@link Placement#NONE}. */
    int withinLimit(int task) {
        return search(task, problem.limit, beyondLimit);
    }

    /** The same with the headroom used up where nothing else helps. */
    int withinCapacity(int task) {
        return search(task, problem.capacity, beyondCapacity);
    }

    /** Cost of a task on a node; lower is better. */
    double cost(int task, int node) {
        double share =
                (double) placement.siblings(task, node) / problem.exportSize[problem.export[task]];
        return placement.load[node] + problem.loadOf(task, node) + problem.spreadShare * share;
    }

    private int search(int task, long[] within, Misfits misfits) {
        if (problem.rule[task] != ANY) {
            return best(task, within);
        }
        if (misfits.contains(task)) {
            return NONE;
        }
        int found = best(task, within);
        if (found == NONE) {
            misfits.remember(task);
        }
        return found;
    }

    private int best(int task, long[] within) {
        int rule = problem.rule[task];
        if (rule != ANY && problem.ruleNodes[rule].length <= PROBES) {
            return bestOf(task, problem.ruleNodes[rule], within);
        }
        LoadOrder order = placement.order;
        int best = NONE;
        double bestCost = 0;
        for (int rank = 0; rank < order.size() && (best == NONE || rank < PROBES); rank++) {
            int node = order.at(rank);
            if (!placement.fits(task, node, within) || !problem.allows(task, node)) {
                continue;
            }
            double cost = cost(task, node);
            if (best == NONE || cost < bestCost) {
                best = node;
                bestCost = cost;
            }
        }
        return best;
    }

    private int bestOf(int task, int[] nodes, long[] within) {
        int best = NONE;
        double bestCost = 0;
        for (int node : nodes) {
            if (!placement.takesTasks(node) || !placement.fits(task, node, within)) {
                continue;
            }
            double cost = cost(task, node);
            if (best == NONE || cost < bestCost) {
                best = node;
                bestCost = cost;
            }
        }
        return best;
    }
}
