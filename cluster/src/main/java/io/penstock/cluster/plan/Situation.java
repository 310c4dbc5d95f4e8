package io.penstock.cluster.plan;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.task.NeedForecast;
import io.penstock.cluster.task.Task;
import java.util.Collection;
import java.util.Map;

/**
 * All that a plan depends on. Lists in the order of their keys are planned a little faster; the
 * plan is the same in any order.
 *
 * <p>Threading: immutable as long as the collections are left alone.
 *
 * @param previous which node each task ran on by the newest table
 * @param nodes nodes alive, each id once
 * @param tasks tasks that shall run, each key once
 * @param groups scheduling groups, each name once
 * @param forecast what tasks will need
 */
public record Situation(
        Map<TaskKey, NodeId> previous,
        Collection<Node> nodes,
        Collection<Task> tasks,
        Collection<SchedulingGroup> groups,
        NeedForecast forecast) {}
