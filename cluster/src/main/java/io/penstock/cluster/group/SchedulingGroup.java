package io.penstock.cluster.group;

/**
 * Nodes and tasks that are scheduled together and apart from all others, and how.
 *
 * <p>Threading: immutable.
 *
 * @param name what nodes and tasks name it by
 * @param weights what counts
 * @param headroom share of every node's capacity that placing leaves free, 0 to below 1
 * @param tolerance how far a node's load may be from the group's mean before tasks are moved, as a
 *     share of the mean; half of it is the band, half the cost of a move
 * @param moveCost least gain of a move, in loads of a node: keeps a nearly idle group quiet
 * @param intervalMs time from plan to plan
 * @param leadMs how far a forecast looks ahead
 * @param smoothing how need follows what is measured
 */
public record SchedulingGroup(
        String name,
        Weights weights,
        double headroom,
        double tolerance,
        double moveCost,
        long intervalMs,
        long leadMs,
        Smoothing smoothing) {

    /** Least cost of a move. Above 0, for it is what ends the planner's search for better plans. */
    public static final double LEAST_MOVE_COST = 1e-4;

    /** Checks the ranges. */
    public SchedulingGroup {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a scheduling group has no name");
        }
        if (!(headroom >= 0 && headroom < 1)) {
            throw new IllegalArgumentException("headroom " + headroom + " is not in 0..<1");
        }
        if (!(tolerance >= 0 && tolerance <= 1)) {
            throw new IllegalArgumentException("tolerance " + tolerance + " is not in 0..1");
        }
        if (!(moveCost >= LEAST_MOVE_COST && moveCost <= 1)) {
            throw new IllegalArgumentException(
                    "move cost " + moveCost + " is not in " + LEAST_MOVE_COST + "..1");
        }
        if (intervalMs < 1 || leadMs < 0) {
            throw new IllegalArgumentException("interval below 1 ms, or lead below 0");
        }
    }

    /** A group with the defaults. */
    public static SchedulingGroup named(String name) {
        return new SchedulingGroup(
                name, Weights.DEFAULT, 0.2, 0.08, 0.005, 10_000, 1_800_000, Smoothing.DEFAULT);
    }

    /** The same by other weights. */
    public SchedulingGroup weighing(Weights other) {
        return new SchedulingGroup(
                name, other, headroom, tolerance, moveCost, intervalMs, leadMs, smoothing);
    }

    /** The same with another headroom. */
    public SchedulingGroup leaving(double free) {
        return new SchedulingGroup(
                name, weights, free, tolerance, moveCost, intervalMs, leadMs, smoothing);
    }
}
