package io.penstock.cluster.drive;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.history.Decision;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.order.Wishes;
import io.penstock.cluster.plan.ClusterPlan;
import io.penstock.cluster.plan.Move;
import io.penstock.cluster.plan.Planner;
import io.penstock.cluster.plan.Situation;
import io.penstock.cluster.plan.Unplaced;
import io.penstock.cluster.sizing.TaskScanner;
import io.penstock.cluster.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One round of planning: what was known when it began.
 *
 * <p>Threading: immutable; {@link #make} on a worker, one round at a time.
 *
 * @param epoch of the leader
 * @param next version of the table that comes next
 * @param previous where each task is, or was last wanted
 * @param nodes nodes alive, as they are ordered to be
 * @param wishes what people want
 * @param reports the newest of each node
 * @param nowMs milliseconds since 1970
 */
record PlanRound(
        long epoch,
        Version next,
        Map<TaskKey, NodeId> previous,
        List<Node> nodes,
        Wishes wishes,
        List<NodeReport> reports,
        long nowMs) {

    /**
     * What came of it.
     *
     * @param round which
     * @param plan the plan, which explains itself
     * @param placement where each task shall run
     * @param decisions what changes, and why
     * @param waits whether shares of sources wait for others to end: the next plan has them
     */
    record Made(
            PlanRound round,
            ClusterPlan plan,
            Map<TaskKey, NodeId> placement,
            List<Decision> decisions,
            boolean waits) {}

    Made make(ExportBook book) {
        book.lead(epoch);
        book.runs(previous.keySet(), nowMs);
        TaskScanner.Scan scan = book.scan(reports, previous.keySet(), wishes, nowMs);
        List<Task> tasks =
                scan.tasks().stream().map(t -> t.pinnedTo(wishes.pins(t.key()))).toList();
        ClusterPlan plan =
                Planner.plan(new Situation(previous, nodes, tasks, groups(tasks), scan.forecast()));
        Map<TaskKey, NodeId> placement = plan.table();
        return new Made(this, plan, placement, decisions(plan, placement), scan.waits());
    }

    private List<SchedulingGroup> groups(List<Task> tasks) {
        TreeSet<String> names = new TreeSet<>();
        nodes.forEach(node -> names.add(node.group()));
        tasks.forEach(task -> names.add(task.group()));
        return names.stream().map(name -> wishes.group(name).group()).toList();
    }

    private List<Decision> decisions(ClusterPlan plan, Map<TaskKey, NodeId> placement) {
        List<Decision> all = new ArrayList<>();
        for (Move move : plan.moves()) {
            all.add(decision(move.task(), move.from(), move.to(), move.reason().words()));
        }
        Map<TaskKey, NodeId> gone = new HashMap<>(previous);
        gone.keySet().removeAll(placement.keySet());
        for (Unplaced unplaced : plan.unplaced()) {
            NodeId was = gone.remove(unplaced.task());
            if (was != null) {
                all.add(decision(unplaced.task(), was, null, unplaced.obstacle().words()));
            }
        }
        gone.forEach(
                (task, was) ->
                        all.add(decision(task, was, null, "nothing asks for that task any more")));
        return all;
    }

    private Decision decision(
            TaskKey task, @Nullable NodeId from, @Nullable NodeId to, String why) {
        return new Decision(next, nowMs, task, from, to, why);
    }
}
