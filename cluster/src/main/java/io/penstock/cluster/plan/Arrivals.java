package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Placement.NONE;
import static io.penstock.cluster.plan.Problem.RESOURCES;

import java.util.Arrays;

/**
 * Places what is nowhere and what must leave a draining node: first what ran before, then what is
 * new, each the largest first (R. L. Graham, <i>Bounds on Multiprocessing Timing Anomalies</i>,
 * SIAM J. Appl. Math. 17, 1969: the largest first onto the least loaded).
 *
 * <p>What ran before may use the headroom when there is no other room: that is what headroom is
 * for.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class Arrivals {

    /** Most tasks in one run for which room is looked for by moving another, in vain. */
    private static final int MOST_FAILURES = 64;

    /** Nodes on which room is looked for, least loaded first. */
    private static final int ROOM_PROBES = 32;

    private static final int INDEX_BITS = 31;
    private static final int LARGEST = 0x7fffffff;

    private final Problem problem;
    private final Placement placement;
    private final Search search;
    private int failures;

    Arrivals(Problem problem, Placement placement, Search search) {
        this.problem = problem;
        this.placement = placement;
        this.search = search;
    }

    /** Whether anything changed. */
    boolean run() {
        boolean changed = false;
        failures = 0;
        for (long key : waiting()) {
            int task = (int) (key & LARGEST);
            changed |= placement.node[task] == NONE ? arrive(task) : leave(task);
        }
        return changed;
    }

    private long[] waiting() {
        double[] perMicro = perMicroOfAll();
        long[] keys = new long[problem.tasks.length];
        int count = 0;
        for (int t = 0; t < problem.tasks.length; t++) {
            if (isWaiting(t)) {
                double size = 0;
                for (int r = 0; r < RESOURCES; r++) {
                    size += problem.need[t * RESOURCES + r] * perMicro[r];
                }
                // floats of one sign order as their bits do
                long rank = (long) LARGEST - Float.floatToIntBits((float) size);
                long isNew = problem.previous[t] == Problem.NEVER ? 1 : 0;
                keys[count++] = (isNew << (2 * INDEX_BITS)) | (rank << INDEX_BITS) | t;
            }
        }
        long[] found = Arrays.copyOf(keys, count);
        Arrays.sort(found);
        return found;
    }

    private boolean isWaiting(int task) {
        if (problem.isPinned(task) || problem.tasks[task].exclusive()) {
            return false;
        }
        int node = placement.node[task];
        return node == NONE || problem.nodes[node].draining();
    }

    /** What a millionth of each resource counts in a node that has all there is. */
    private double[] perMicroOfAll() {
        double[] sums = new double[RESOURCES];
        for (int i = 0; i < problem.capacity.length; i++) {
            sums[i % RESOURCES] += problem.capacity[i];
        }
        double[] perMicro = new double[RESOURCES];
        for (int r = 0; r < RESOURCES; r++) {
            double share = problem.group.weights().share(Problem.ORDER.get(r));
            perMicro[r] = sums[r] == 0 ? 0 : share / sums[r];
        }
        return perMicro;
    }

    private boolean arrive(int task) {
        int target = search.withinLimit(task);
        if (target == NONE && makesRoom(task)) {
            return true;
        }
        if (target == NONE && problem.previous[task] != Problem.NEVER) {
            target = search.withinCapacity(task);
        }
        if (target == NONE) {
            placement.obstacle[task] = obstacle(task);
            return false;
        }
        placement.put(task, target, reason(task));
        return true;
    }

    private boolean leave(int task) {
        int target = search.withinLimit(task);
        if (target == NONE) {
            target = search.withinCapacity(task);
        }
        if (target == NONE) {
            placement.reason[task] = Reason.DRAIN_WAITS;
            return false;
        }
        placement.reason[task] = Reason.DRAINING;
        placement.move(task, target, Reason.DRAINING);
        return true;
    }

    private Reason reason(int task) {
        return switch (problem.previous[task]) {
            case Problem.NEVER -> Reason.NEW;
            case Problem.GONE -> Reason.NODE_GONE;
            default -> Reason.NOT_ALLOWED;
        };
    }

    /** Puts a task where it fits once another has left, which fits elsewhere. */
    private boolean makesRoom(int task) {
        if (failures >= MOST_FAILURES) {
            return false;
        }
        int most = Math.min(ROOM_PROBES, placement.order.size());
        int[] nodes = new int[most];
        for (int rank = 0; rank < most; rank++) {
            nodes[rank] = placement.order.at(rank);
        }
        for (int node : nodes) {
            if (problem.allows(task, node) && swapsIn(task, node)) {
                return true;
            }
        }
        failures++;
        return false;
    }

    private boolean swapsIn(int task, int node) {
        int other = smallestThatFreesEnough(task, node);
        if (other == NONE) {
            return false;
        }
        Reason was = placement.reason[other];
        Reason taskWas = placement.reason[task];
        placement.take(other);
        placement.put(task, node, reason(task));
        int target = search.withinLimit(other);
        if (target != NONE) {
            placement.put(other, target, Reason.MADE_ROOM);
            return true;
        }
        placement.take(task);
        placement.reason[task] = taskWas;
        placement.put(other, node, Reason.KEPT);
        placement.reason[other] = was;
        return false;
    }

    private int smallestThatFreesEnough(int task, int node) {
        int best = NONE;
        double bestLoad = problem.loadOf(task, node);
        for (int t = placement.firstOn(node); t != NONE; t = placement.after(t)) {
            double load = problem.loadOf(t, node);
            boolean better = load < bestLoad || (load == bestLoad && best != NONE && t < best);
            if (problem.movable[t] && better && fitsInstead(task, t, node)) {
                best = t;
                bestLoad = load;
            }
        }
        return best;
    }

    private boolean fitsInstead(int task, int other, int node) {
        for (int r = 0; r < RESOURCES; r++) {
            long more = problem.need[task * RESOURCES + r] - problem.need[other * RESOURCES + r];
            if (placement.excess(node, r) + more > 0) {
                return false;
            }
        }
        return true;
    }

    private Obstacle obstacle(int task) {
        if (placement.order.size() == 0) {
            return Obstacle.NO_NODE;
        }
        boolean allowed = false;
        for (int rank = 0; rank < placement.order.size(); rank++) {
            int n = placement.order.at(rank);
            if (problem.allows(task, n)) {
                allowed = true;
                if (fitsAlone(task, n)) {
                    return Obstacle.NO_ROOM;
                }
            }
        }
        return allowed ? Obstacle.TOO_LARGE : Obstacle.NO_LABEL;
    }

    private boolean fitsAlone(int task, int node) {
        for (int r = 0; r < RESOURCES; r++) {
            if (problem.need[task * RESOURCES + r] > problem.limit[node * RESOURCES + r]) {
                return false;
            }
        }
        return true;
    }
}
