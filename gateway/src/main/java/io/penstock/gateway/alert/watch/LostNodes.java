package io.penstock.gateway.alert.watch;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Nodes that are gone, had tasks until shortly before, and did not say that they leave. Leases end
 * sooner than membership, so that the tasks of a dead node are often with others before it is off
 * the list; one that is stopped says so, and one that was drained had none for a while.
 *
 * <p>Threading: one round at a time.
 */
final class LostNodes {
    /** Nodes that are lost at once; those beyond are not told of. */
    static final int MAX_LOST = 100;

    /** Tasks of a lost node whose way is followed. */
    static final int MAX_TASKS = 1000;

    /** A node that does not come back is no news after a day. */
    private static final long FORGET_MS = 86_400_000;

    /** Who had tasks this long ago has lost them by dying. */
    private static final long RECENT_MS = 30_000;

    private record Lost(long atMs, List<TaskKey> tasks) {}

    private final Map<NodeId, Lost> lost = new LinkedHashMap<>();
    private final Map<NodeId, Lost> had = new HashMap<>();
    private Set<NodeId> members = Set.of();
    private Map<NodeId, List<TaskKey>> tasks = Map.of();
    private Version seen = Version.NONE;

    /**
     * Why each of those that are lost is: who takes over, as far as the table says by now.
     *
     * @param now who is there
     * @param leaving who said that it leaves
     * @param table what this node goes by
     */
    Map<NodeId, String> round(
            Set<NodeId> now, Set<NodeId> leaving, AssignmentTable table, long nowMs) {
        for (NodeId gone : members) {
            Lost last = had.get(gone);
            boolean isGone = !now.contains(gone) && !leaving.contains(gone);
            if (isGone && last != null && lost.size() < MAX_LOST) {
                lost.put(gone, new Lost(nowMs, last.tasks));
            }
        }
        lost.keySet().removeIf(now::contains);
        lost.values().removeIf(each -> nowMs - each.atMs >= FORGET_MS);
        members = now;
        if (!seen.equals(table.version())) {
            seen = table.version();
            tasks = byNode(table);
        }
        tasks.forEach((node, each) -> had.put(node, new Lost(nowMs, each)));
        had.values().removeIf(each -> nowMs - each.atMs > RECENT_MS);
        Map<NodeId, String> all = new LinkedHashMap<>();
        lost.forEach((id, each) -> all.put(id, why(each, table)));
        return all;
    }

    private static Map<NodeId, List<TaskKey>> byNode(AssignmentTable table) {
        Map<NodeId, List<TaskKey>> all = new HashMap<>();
        table.rows()
                .forEach(
                        (task, row) -> {
                            List<TaskKey> of =
                                    all.computeIfAbsent(row.node(), node -> new ArrayList<>());
                            if (of.size() < MAX_TASKS) {
                                of.add(task);
                            }
                        });
        return all;
    }

    private static String why(Lost lost, AssignmentTable table) {
        Map<String, Integer> takers = new TreeMap<>();
        for (TaskKey task : lost.tasks) {
            Row row = table.rows().get(task);
            takers.merge(row == null ? "nobody" : row.node().value(), 1, Integer::sum);
        }
        return "it is gone; tasks that it had are with "
                + takers.entrySet().stream()
                        .map(each -> each.getKey() + " (" + each.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }
}
