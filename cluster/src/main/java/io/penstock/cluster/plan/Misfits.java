package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Problem.RESOURCES;

/**
 * Needs that fitted nowhere. Whatever needs no less fits nowhere either until something is freed,
 * so that a group without room is not searched again for every task.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class Misfits {

    /** Most needs remembered; more would cost more to compare than they save. */
    private static final int MOST = 8;

    private final Problem problem;
    private final Placement placement;
    private final long[] needs = new long[MOST * RESOURCES];
    private int count;
    private int next;
    private int since;

    Misfits(Problem problem, Placement placement) {
        this.problem = problem;
        this.placement = placement;
    }

    void remember(int task) {
        System.arraycopy(problem.need, task * RESOURCES, needs, next * RESOURCES, RESOURCES);
        next = (next + 1) % MOST;
        count = Math.min(MOST, count + 1);
    }

    boolean contains(int task) {
        if (since != placement.releases()) {
            since = placement.releases();
            count = 0;
            next = 0;
        }
        for (int i = 0; i < count; i++) {
            if (needsNoLess(task, i * RESOURCES)) {
                return true;
            }
        }
        return false;
    }

    private boolean needsNoLess(int task, int misfit) {
        for (int r = 0; r < RESOURCES; r++) {
            if (problem.need[task * RESOURCES + r] < needs[misfit + r]) {
                return false;
            }
        }
        return true;
    }
}
