package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Placement.NONE;

/**
 * Puts pinned tasks where their pins allow, whatever else holds: on nodes beyond their headroom and
 * on draining ones too, if there is no better pin.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class Pinning {
    private static final int FITS = 0;
    private static final int FULL = 1;
    private static final int DRAINING = 2;

    private final Problem problem;
    private final Placement placement;
    private final Search search;

    Pinning(Problem problem, Placement placement, Search search) {
        this.problem = problem;
        this.placement = placement;
        this.search = search;
    }

    /** Whether anything changed. Runs again: what waits on a draining node gets another chance. */
    boolean run() {
        boolean changed = false;
        for (int t = 0; t < problem.tasks.length; t++) {
            if (!problem.isPinned(t)) {
                continue;
            }
            int node = placement.node[t];
            if (node == NONE) {
                changed |= place(t);
            } else if (problem.nodes[node].draining()) {
                changed |= leave(t);
            }
        }
        return changed;
    }

    private boolean place(int task) {
        int best = NONE;
        for (int node : problem.ruleNodes[problem.rule[task]]) {
            if (best == NONE || isBetter(task, node, best)) {
                best = node;
            }
        }
        if (best == NONE) {
            placement.obstacle[task] = Obstacle.PINS_GONE;
            return false;
        }
        placement.put(task, best, Reason.PINNED);
        return true;
    }

    private boolean leave(int task) {
        int other = search.withinLimit(task);
        if (other == NONE) {
            return false;
        }
        placement.reason[task] = Reason.DRAINING;
        placement.move(task, other, Reason.DRAINING);
        return true;
    }

    private boolean isBetter(int task, int node, int best) {
        int tier = tier(task, node);
        int bestTier = tier(task, best);
        return tier < bestTier
                || (tier == bestTier && search.cost(task, node) < search.cost(task, best));
    }

    private int tier(int task, int node) {
        if (problem.nodes[node].draining()) {
            return DRAINING;
        }
        return placement.fits(task, node, problem.limit) ? FITS : FULL;
    }
}
