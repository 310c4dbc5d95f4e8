package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Placement.NONE;
import static io.penstock.cluster.plan.Problem.ANY;
import static io.penstock.cluster.plan.Problem.RESOURCES;

/**
 * Evens the load of nodes where that is worth it. With m the group's mean load and b half the
 * tolerance, a node is out of band by {@code d = max(0, load - m(1+b), m(1-b) - load)}. A move is
 * made when it takes more off the sum of d² than it costs, which is {@code load of the task x max(b
 * m, moveCost)}. Of the tasks of a node, the one that gains most goes, so that few do.
 *
 * <p>The sum of squares falls with every move, hence the search ends; and because a node is filled
 * only up to the band, one that joins takes its fair share and no more.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class Balance {

    /** Nodes at the other end of the order that are tried as partners of one out of band. */
    private static final int PARTNERS = 8;

    /** Most passes over the nodes; the last makes no move. */
    private static final int MOST_PASSES = 16;

    private final Problem problem;
    private final Placement placement;
    private final Search search;
    private double low;
    private double high;
    private double cost;

    Balance(Problem problem, Placement placement, Search search) {
        this.problem = problem;
        this.placement = placement;
        this.search = search;
    }

    /** Whether anything changed. */
    boolean run() {
        measure();
        boolean changed = false;
        for (int pass = 0; pass < MOST_PASSES && pass(); pass++) {
            changed = true;
        }
        return changed;
    }

    /** What a unit of load that moves must gain. */
    double cost() {
        return cost;
    }

    /** How much less the sum of squares is once a task has moved; costs not counted. */
    double gain(int task, int from, int to) {
        double source = placement.load[from];
        double target = placement.load[to];
        return square(source)
                + square(target)
                - square(source - problem.loadOf(task, from))
                - square(target + problem.loadOf(task, to));
    }

    private void measure() {
        double mean = 0;
        for (int r = 0; r < RESOURCES; r++) {
            long used = 0;
            long capacity = 0;
            for (int rank = 0; rank < placement.order.size(); rank++) {
                int i = placement.order.at(rank) * RESOURCES + r;
                used += placement.used[i];
                capacity += problem.capacity[i];
            }
            double share = problem.group.weights().share(Problem.ORDER.get(r));
            mean += capacity == 0 ? 0 : share * used / capacity;
        }
        double band = problem.group.tolerance() / 2 * mean;
        low = mean - band;
        high = mean + band;
        cost = Math.max(band, problem.group.moveCost());
    }

    private double square(double load) {
        double out = load > high ? load - high : load < low ? low - load : 0;
        return out * out;
    }

    private boolean pass() {
        boolean changed = false;
        int[] nodes = snapshot();
        for (int i = nodes.length - 1; i >= 0 && placement.load[nodes[i]] > high; i--) {
            while (placement.load[nodes[i]] > high && pushFrom(nodes[i])) {
                changed = true;
            }
        }
        for (int i = 0; i < nodes.length && placement.load[nodes[i]] < low; i++) {
            while (placement.load[nodes[i]] < low && pullTo(nodes[i])) {
                changed = true;
            }
        }
        return changed;
    }

    private int[] snapshot() {
        int[] nodes = new int[placement.order.size()];
        for (int rank = 0; rank < nodes.length; rank++) {
            nodes[rank] = placement.order.at(rank);
        }
        return nodes;
    }

    private boolean pushFrom(int source) {
        int partners = Math.min(PARTNERS, placement.order.size());
        for (int rank = 0; rank < partners; rank++) {
            if (moveBest(source, placement.order.at(rank))) {
                return true;
            }
        }
        return pushConfined(source);
    }

    /** Tasks that may run on some nodes only find their partners among these. */
    private boolean pushConfined(int source) {
        for (int t = placement.firstOn(source); t != NONE; t = placement.after(t)) {
            if (problem.rule[t] != ANY && problem.movable[t]) {
                int target = search.withinLimit(t);
                if (target != NONE && target != source && worth(t, source, target) > 0) {
                    placement.move(t, target, Reason.BALANCE);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean pullTo(int target) {
        int size = placement.order.size();
        int last = Math.max(0, size - PARTNERS);
        for (int rank = size - 1; rank >= last; rank--) {
            if (moveBest(placement.order.at(rank), target)) {
                return true;
            }
        }
        return false;
    }

    private boolean moveBest(int source, int target) {
        if (source == target) {
            return false;
        }
        int best = NONE;
        double most = 0;
        for (int t = placement.firstOn(source); t != NONE; t = placement.after(t)) {
            if (!problem.movable[t] || !problem.allows(t, target)) {
                continue;
            }
            double worth = worth(t, source, target);
            boolean better = worth > most || (worth == most && best != NONE && t < best);
            if (better && placement.fits(t, target, problem.limit)) {
                best = t;
                most = worth;
            }
        }
        if (best == NONE) {
            return false;
        }
        placement.move(best, target, Reason.BALANCE);
        return true;
    }

    private double worth(int task, int from, int to) {
        double moved = (problem.loadOf(task, from) + problem.loadOf(task, to)) / 2;
        return gain(task, from, to) - moved * cost;
    }
}
