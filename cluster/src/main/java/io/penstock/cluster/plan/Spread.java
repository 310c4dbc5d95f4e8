package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Placement.NONE;

/**
 * Moves tasks of one export apart where a node holds so many that its loss would matter: {@code
 * spread x (tasks here - tasks there - 1) / tasks of the export} must exceed the cost of a move,
 * and no node may get further out of band.
 *
 * <p>Each move makes the sum of squares of an export's tasks by node smaller, hence the search
 * ends.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class Spread {

    /** Least loaded nodes among which a better one is looked for. */
    private static final int PARTNERS = 32;

    private final Problem problem;
    private final Placement placement;
    private final Balance balance;

    Spread(Problem problem, Placement placement, Balance balance) {
        this.problem = problem;
        this.placement = placement;
        this.balance = balance;
    }

    /** Whether anything changed. */
    boolean run() {
        boolean changed = false;
        for (int t = 0; t < problem.tasks.length && problem.spreadShare > 0; t++) {
            int node = placement.node[t];
            if (node == NONE || !problem.movable[t] || !placement.takesTasks(node)) {
                continue;
            }
            int here = placement.siblings(t, node);
            if (here > 1 && gain(t, here, 0) > balance.cost()) {
                changed |= moveApart(t, node, here);
            }
        }
        return changed;
    }

    private double gain(int task, int here, int there) {
        return problem.spreadShare * (here - there - 1) / problem.exportSize[problem.export[task]];
    }

    private boolean moveApart(int task, int node, int here) {
        int best = NONE;
        int fewest = here;
        int partners = Math.min(PARTNERS, placement.order.size());
        for (int rank = 0; rank < partners && fewest > 0; rank++) {
            int target = placement.order.at(rank);
            int there = placement.siblings(task, target);
            if (there < fewest
                    && gain(task, here, there) > balance.cost()
                    && problem.allows(task, target)
                    && placement.fits(task, target, problem.limit)
                    && balance.gain(task, node, target) >= 0) {
                best = target;
                fewest = there;
            }
        }
        if (best == NONE) {
            return false;
        }
        placement.move(task, best, Reason.SPREAD);
        return true;
    }
}
