package io.penstock.perf.plan;

/**
 * What a kind of plan took and gave.
 *
 * @param name what had changed
 * @param medianMs median time of a plan, its table included
 * @param mostMs longest
 * @param balance most loaded node to the mean of all; 1 is perfect
 * @param least least loaded node to the mean of all
 * @param moves tasks that changed their node or started
 * @param expected tasks that had to, by what changed; 0 where nothing had to
 * @param unplaced tasks left nowhere
 */
public record PlanResult(
        String name,
        double medianMs,
        double mostMs,
        double balance,
        double least,
        int moves,
        int expected,
        int unplaced) {}
