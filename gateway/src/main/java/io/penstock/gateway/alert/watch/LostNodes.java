package io.penstock.gateway.alert.watch;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
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
 * the list; one that is stopped says so in its last report, and one that was drained had none for a
 * while.
 *
 * <p>Threading: one caller at a time.
 */
final class LostNodes {
    /** Nodes that are lost, or may be, at once; those beyond are not told of. */
    static final int MAX_LOST = 100;

    /** Tasks of a lost node whose way is followed. */
    static final int MAX_TASKS = 1000;

    /** A node that does not come back is no news after a day. */
    private static final long FORGET_MS = 86_400_000;

    /** Who had tasks this long ago has lost them by dying. */
    private static final long RECENT_MS = 30_000;

    private record Lost(long atMs, List<TaskKey> tasks) {}

    private final Map<NodeId, Lost> lost = new LinkedHashMap<>();

    /** Gone, and what they had; their last reports are being asked for. */
    private final Map<NodeId, Lost> asked = new HashMap<>();

    /** Gone for so long, and no table had shown a task of theirs. */
    private final Map<NodeId, Long> vanished = new HashMap<>();

    private final Map<NodeId, Lost> had = new HashMap<>();
    private Set<NodeId> members = Set.of();
    private Map<NodeId, List<TaskKey>> tasks = Map.of();
    private AssignmentTable table = AssignmentTable.NONE;

    /**
     * Takes a second.
     *
     * @param now who is there
     * @param newest the table that this node goes by
     * @return those whose last report has to be asked for, each once; {@link #said} takes the
     *     answers
     */
    List<NodeId> round(Set<NodeId> now, AssignmentTable newest, long nowMs) {
        if (!table.version().equals(newest.version())) {
            tasks = byNode(newest);
        }
        table = newest;
        // before anybody is missed: the first table with tasks of a node may come when it is gone
        tasks.forEach((node, each) -> had.put(node, new Lost(nowMs, each)));
        had.values().removeIf(each -> nowMs - each.atMs > RECENT_MS);

        members.stream()
                .filter(each -> !now.contains(each))
                .limit(MAX_LOST)
                .forEach(each -> vanished.put(each, nowMs));
        members = now;
        lost.keySet().removeAll(now);
        asked.keySet().removeAll(now);
        vanished.keySet().removeAll(now);
        lost.values().removeIf(each -> nowMs - each.atMs >= FORGET_MS);
        vanished.values().removeIf(atMs -> nowMs - atMs > RECENT_MS);
        return doubtful(nowMs);
    }

    private List<NodeId> doubtful(long nowMs) {
        List<NodeId> all = new ArrayList<>();
        for (NodeId each : List.copyOf(vanished.keySet())) {
            Lost last = had.get(each);
            if (last != null && lost.size() + asked.size() < MAX_LOST) {
                vanished.remove(each);
                asked.put(each, new Lost(nowMs, last.tasks));
                all.add(each);
            }
        }
        return all;
    }

    /** What a node that was asked for said last: that it leaves, or nothing of the kind. */
    void said(NodeId node, boolean leaves) {
        Lost gone = asked.remove(node);
        if (gone != null && !leaves) {
            lost.put(node, gone);
        }
    }

    /** Why each of those that are lost is: who takes over, as far as the table says by now. */
    Map<NodeId, String> lost() {
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
