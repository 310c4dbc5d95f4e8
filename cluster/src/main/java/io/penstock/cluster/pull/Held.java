package io.penstock.cluster.pull;

import io.penstock.cluster.assignment.AssignmentTable;

/**
 * The table that a node goes by.
 *
 * <p>Threading: immutable.
 *
 * @param table the table
 * @param from the level that it came from
 * @param confirmed whether the shared map or the store said since the start that it is the newest
 * @param confirmedNs when it was certain last, on the node's monotonic clock; the time of the start
 *     before that
 */
public record Held(AssignmentTable table, Level from, boolean confirmed, long confirmedNs) {}
