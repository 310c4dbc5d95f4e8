package io.penstock.cluster.assignment;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which task is with which node, as one leader wrote it: the whole of it, under one version. Newer
 * replaces older; older never replaces newer.
 *
 * <p>Threading: immutable.
 *
 * @param version of the table; no row is newer
 * @param rows every task that has a node
 * @param orders what people want, as the leader knew when it wrote the table
 */
public record AssignmentTable(Version version, SortedMap<TaskKey, Row> rows, Orders orders) {

    /** What a node has that never saw a table. */
    public static final AssignmentTable NONE =
            new AssignmentTable(Version.NONE, Collections.emptySortedMap());

    /**
     * Copies the rows.
     *
     * @throws IllegalArgumentException when a row, or the orders, are newer than the table
     */
    public AssignmentTable {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        rows.forEach(
                (task, row) -> {
                    if (row.since().supersedes(version)) {
                        throw new IllegalArgumentException(
                                task + ": a row of " + row.since() + " in a table of " + version);
                    }
                });
        if (orders.since().supersedes(version)) {
            throw new IllegalArgumentException(
                    "orders of " + orders.since() + " in a table of " + version);
        }
    }

    /** A table without orders. */
    public AssignmentTable(Version version, SortedMap<TaskKey, Row> rows) {
        this(version, rows, Orders.NONE);
    }
}
