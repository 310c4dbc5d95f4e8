package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Placement.NONE;

import java.util.Arrays;

/**
 * Gives tasks that must be alone a node each: the one they have, else an empty one, the smallest
 * that will do, else one that can be emptied because everything on it fits elsewhere.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class Solitude {

    /** Most nodes that are tried to be emptied for one task, those with the fewest tasks first. */
    private static final int MOST_TRIED = 4;

    private final Problem problem;
    private final Placement placement;
    private final Search search;
    private final int[] loners;

    Solitude(Problem problem, Placement placement, Search search) {
        this.problem = problem;
        this.placement = placement;
        this.search = search;
        int[] found = new int[problem.tasks.length];
        int count = 0;
        for (int t = 0; t < found.length; t++) {
            if (problem.tasks[t].exclusive()) {
                found[count++] = t;
            }
        }
        loners = Arrays.copyOf(found, count);
    }

    /** Whether anything changed. Runs again: tasks that waited get another chance. */
    boolean run() {
        boolean changed = false;
        for (int t : loners) {
            if (problem.isPinned(t)) {
                changed |= reserveByPin(t);
            }
        }
        hold();
        for (int t : loners) {
            int node = placement.node[t];
            if (!problem.isPinned(t) && !isSettled(t, node)) {
                changed |= settle(t);
            }
        }
        return changed;
    }

    /** Whether a task has its node for itself. */
    private boolean isSettled(int task, int node) {
        if (node == NONE || placement.holder[node] != task) {
            return false;
        }
        for (int t = placement.firstOn(node); t != NONE; t = placement.after(t)) {
            if (t != task) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reserves the nodes of tasks that have one, before anything is moved to these; nobody leaves
     * them yet. Pins come first.
     */
    void hold() {
        for (int t : loners) {
            if (problem.isPinned(t)) {
                holdOpen(t);
            }
        }
        for (int t : loners) {
            holdOpen(t);
        }
    }

    private void holdOpen(int task) {
        int node = placement.node[task];
        if (node != NONE && placement.takesTasks(node)) {
            placement.reserve(node, task);
        }
    }

    /** Everything without a pin leaves the node; what fits nowhere else is left unplaced. */
    private boolean reserveByPin(int task) {
        int node = placement.node[task];
        int holder = node == NONE ? NONE : placement.holder[node];
        boolean ofAnother = holder != NONE && holder != task;
        if (node == NONE || (ofAnother && problem.isPinned(holder))) {
            return false;
        }
        if (ofAnother) {
            placement.release(node);
        }
        boolean changed = hold(node, task);
        for (int other : residents(node)) {
            if (other != task && !problem.isPinned(other)) {
                placement.take(other);
                placement.reason[other] = Reason.MADE_WAY;
                changed = true;
            }
        }
        return changed;
    }

    private boolean settle(int task) {
        int was = placement.node[task];
        if (was != NONE && isOpenTo(task, was) && empty(was, task)) {
            return true;
        }
        Reason why = was == NONE || !problem.nodes[was].draining() ? Reason.ALONE : Reason.DRAINING;
        if (was != NONE) {
            placement.take(task);
        }
        int target = freeNode(task);
        if (target == NONE) {
            target = nodeToEmpty(task);
        } else {
            placement.reserve(target, task);
        }
        if (target != NONE) {
            placement.put(task, target, arrival(task, why));
            leave(was, task);
            return true;
        }
        if (was == NONE) {
            placement.obstacle[task] = obstacle(task);
            return false;
        }
        return stay(task, was, why == Reason.DRAINING);
    }

    /** Nobody else comes to the node any more, and who can leave it does. */
    private boolean stay(int task, int node, boolean drains) {
        placement.put(task, node, Reason.KEPT);
        placement.reason[task] = drains ? Reason.DRAIN_WAITS : Reason.ALONE_WAITS;
        if (!isOpenTo(task, node)) {
            return false;
        }
        hold(node, task);
        return clear(node, task);
    }

    private boolean isOpenTo(int task, int node) {
        return placement.takesTasks(node) || placement.holder[node] == task;
    }

    /** Reserves a node; whether it was not yet reserved. */
    private boolean hold(int node, int task) {
        if (placement.holder[node] == task) {
            return false;
        }
        placement.reserve(node, task);
        return true;
    }

    /**
     * Ends the reservation of a node that a task left, or hands it to the next that waits there.
     */
    private void leave(int node, int task) {
        if (node == NONE || placement.holder[node] != task) {
            return;
        }
        placement.release(node);
        for (int other : residents(node)) {
            if (problem.tasks[other].exclusive() && placement.takesTasks(node)) {
                placement.reserve(node, other);
            }
        }
    }

    private boolean clear(int node, int task) {
        boolean changed = false;
        for (int other : residents(node)) {
            boolean stays = other == task || problem.isPinned(other);
            int target =
                    stays || problem.tasks[other].exclusive() ? NONE : search.withinLimit(other);
            if (target != NONE) {
                placement.move(other, target, Reason.MADE_WAY);
                changed = true;
            }
        }
        return changed;
    }

    private Reason arrival(int task, Reason otherwise) {
        return switch (problem.previous[task]) {
            case Problem.NEVER -> Reason.NEW;
            case Problem.GONE -> Reason.NODE_GONE;
            default -> otherwise;
        };
    }

    private Obstacle obstacle(int task) {
        if (placement.order.size() == 0) {
            return Obstacle.NO_NODE;
        }
        for (int n = 0; n < problem.nodes.length; n++) {
            if (problem.allows(task, n) && !problem.nodes[n].draining()) {
                return Obstacle.NO_FREE_NODE;
            }
        }
        return Obstacle.NO_LABEL;
    }

    private int freeNode(int task) {
        int best = NONE;
        for (int rank = 0; rank < placement.order.size(); rank++) {
            int n = placement.order.at(rank);
            boolean free = placement.firstOn(n) == NONE && problem.allows(task, n);
            if (free
                    && placement.fits(task, n, problem.limit)
                    && (best == NONE || problem.loadOf(task, n) > problem.loadOf(task, best))) {
                best = n;
            }
        }
        return best;
    }

    /** Empties and reserves a node for a task that is nowhere. */
    private int nodeToEmpty(int task) {
        int[] candidates = new int[problem.nodes.length];
        int[] counts = new int[problem.nodes.length];
        int found = 0;
        for (int n = 0; n < problem.nodes.length; n++) {
            if (placement.takesTasks(n) && problem.allows(task, n) && fitsAlone(task, n)) {
                counts[n] = residents(n).length;
                candidates[found++] = n;
            }
        }
        for (int tried = 0; tried < Math.min(MOST_TRIED, found); tried++) {
            int fewest = tried;
            for (int i = tried + 1; i < found; i++) {
                if (counts[candidates[i]] < counts[candidates[fewest]]) {
                    fewest = i;
                }
            }
            int node = candidates[fewest];
            candidates[fewest] = candidates[tried];
            if (empty(node, task)) {
                return node;
            }
        }
        return NONE;
    }

    private boolean fitsAlone(int task, int node) {
        for (int r = 0; r < Problem.RESOURCES; r++) {
            if (problem.need[task * Problem.RESOURCES + r]
                    > problem.limit[node * Problem.RESOURCES + r]) {
                return false;
            }
        }
        return true;
    }

    /** Reserves a node and moves everybody else away, or leaves all as it was. */
    private boolean empty(int node, int task) {
        int[] residents = residents(node);
        for (int other : residents) {
            boolean settled = other == task || !problem.isPinned(other);
            if (!settled || (other != task && problem.tasks[other].exclusive())) {
                return false;
            }
        }
        boolean reserved = hold(node, task);
        Reason[] reasons = new Reason[residents.length];
        for (int i = 0; i < residents.length; i++) {
            int other = residents[i];
            if (other == task) {
                continue;
            }
            reasons[i] = placement.reason[other];
            int target = search.withinLimit(other);
            if (target == NONE) {
                undo(residents, reasons, i, node);
                if (reserved) {
                    placement.release(node);
                }
                return false;
            }
            placement.move(other, target, Reason.MADE_WAY);
        }
        return true;
    }

    private void undo(int[] residents, Reason[] reasons, int moved, int node) {
        for (int i = 0; i < moved; i++) {
            if (placement.node[residents[i]] != node) {
                placement.move(residents[i], node, Reason.KEPT);
                placement.reason[residents[i]] = reasons[i];
            }
        }
    }

    private int[] residents(int node) {
        int count = 0;
        for (int t = placement.firstOn(node); t != NONE; t = placement.after(t)) {
            count++;
        }
        int[] found = new int[count];
        for (int t = placement.firstOn(node); t != NONE; t = placement.after(t)) {
            found[--count] = t;
        }
        Arrays.sort(found);
        return found;
    }
}
