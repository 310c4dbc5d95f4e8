package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.election.Confirmations;
import io.penstock.cluster.election.Timing;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one epoch, one after the other: at most one is being written, and the next is made
 * when something has changed.
 */
final class Tables {

    /** Makes the rows of a table. */
    @FunctionalInterface
    interface Builder {
        SortedMap<TaskKey, Row> rows(Version version, Map<TaskKey, NodeId> wanted, long nowNs);
    }

    private final long epoch;
    private final Timing timing;
    private long sequence;
    private @Nullable Map<TaskKey, NodeId> wanted;
    private SortedMap<String, String> ordered = Collections.emptySortedMap();
    private AssignmentTable table = AssignmentTable.NONE;
    private Version newest = Version.NONE;
    private boolean hasChanged;
    private boolean isWriting;
    private long againAtNs = Confirmations.NEVER;

    Tables(long epoch, Timing timing) {
        this.epoch = epoch;
        this.timing = timing;
    }

    /** Version of the table that is made next. */
    Version next() {
        return new Version(epoch, sequence + 1);
    }

    /** Version of the table that was made last. */
    Version last() {
        return table.version();
    }

    /** Version of the last table that nodes can pull. */
    Version newest() {
        return newest;
    }

    void want(Map<TaskKey, NodeId> placement) {
        if (!placement.equals(wanted)) {
            wanted = Map.copyOf(placement);
            hasChanged = true;
        }
    }

    /** Whether something holds of all that is wanted, which is known by now. */
    boolean allWanted(BiPredicate<TaskKey, NodeId> holds) {
        Map<TaskKey, NodeId> placement = wanted;
        return placement != null
                && placement.entrySet().stream()
                        .allMatch(want -> holds.test(want.getKey(), want.getValue()));
    }

    /** What people want; stands in every table from the next one on. */
    void order(SortedMap<String, String> entries) {
        if (!entries.equals(ordered)) {
            ordered = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
            hasChanged = true;
        }
    }

    /** What people want, the newest. */
    SortedMap<String, String> ordered() {
        return ordered;
    }

    /** Version that {@link #ordered} has, or will have with the next table. */
    Version orderedSince() {
        return isOrdered() ? next() : ordersSince();
    }

    /**
     * Whether the next table has orders of its own version. The first one has: so they win over
     * what a leader before wrote, and no majority kept.
     */
    private boolean isOrdered() {
        return last().equals(Version.NONE) || !ordered.equals(table.orders().entries());
    }

    /** Version of the orders of the table that was made last. */
    Version ordersSince() {
        return table.orders().since();
    }

    void change() {
        hasChanged = true;
    }

    /**
     * The table to write now, or null.
     *
     * @param isAwaited whether even a table without a change is needed, for its version
     */
    @Nullable AssignmentTable due(long nowNs, Builder builder, boolean isAwaited) {
        Map<TaskKey, NodeId> placement = wanted;
        if (placement == null || (isWriting && nowNs < againAtNs)) {
            return null;
        }
        boolean isFirst = last().equals(Version.NONE);
        if (!isWriting && !hasChanged && !isAwaited && !isFirst) {
            return null;
        }
        SortedMap<TaskKey, Row> rows = builder.rows(next(), placement, nowNs);
        hasChanged = false;
        if (!rows.equals(table.rows()) || isAwaited || isOrdered()) {
            Orders orders = isOrdered() ? new Orders(next(), ordered) : table.orders();
            table = new AssignmentTable(next(), rows, orders);
            sequence++;
        } else if (!isWriting) {
            return null;
        }
        isWriting = true;
        againAtNs = nowNs + timing.leaseNs();
        return table;
    }

    void saved(Version version) {
        if (version.supersedes(newest)) {
            newest = version;
        }
        if (version.equals(table.version())) {
            isWriting = false;
            againAtNs = Confirmations.NEVER;
        }
    }

    /** Tried again, or a newer one in its place, a heartbeat later. */
    void notSaved(Version version, long nowNs) {
        if (version.equals(table.version())) {
            againAtNs = nowNs + timing.heartbeatNs();
        }
    }

    @Override
    public String toString() {
        return "made " + table.version() + (isWriting ? " (being written)" : "");
    }
}
