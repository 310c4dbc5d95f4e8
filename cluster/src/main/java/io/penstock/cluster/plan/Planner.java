package io.penstock.cluster.plan;

import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes plans. The same situation gives the same plan, always and everywhere.
 *
 * <p>Threading: any thread; each call works on its own memory.
 */
public final class Planner {

    /**
     * Most rounds of relief, balance, spread and another try for what is unplaced. A round in which
     * nothing changes is the last; two are usual.
     */
    static final int MOST_ROUNDS = 8;

    private Planner() {}

    /** Plans all groups, each for itself. */
    public static ClusterPlan plan(Situation situation) {
        Map<String, SchedulingGroup> groups = new LinkedHashMap<>();
        Map<String, List<Node>> nodes = new LinkedHashMap<>();
        Map<String, List<Task>> tasks = new LinkedHashMap<>();
        for (SchedulingGroup group : situation.groups()) {
            if (groups.put(group.name(), group) != null) {
                throw new IllegalArgumentException("two groups are called " + group.name());
            }
            nodes.put(group.name(), new ArrayList<>());
            tasks.put(group.name(), new ArrayList<>());
        }
        for (Node node : situation.nodes()) {
            List<Node> members = nodes.get(node.group());
            if (members != null) {
                members.add(node);
            }
        }
        List<Unplaced> homeless = new ArrayList<>();
        for (Task task : situation.tasks()) {
            List<Task> members = tasks.get(task.group());
            if (members != null) {
                members.add(task);
            } else {
                homeless.add(new Unplaced(task.key(), Obstacle.NO_GROUP));
            }
        }
        Map<String, Plan> plans = new LinkedHashMap<>();
        for (SchedulingGroup group : groups.values()) {
            Situation own =
                    new Situation(
                            situation.previous(),
                            nodes.getOrDefault(group.name(), List.of()),
                            tasks.getOrDefault(group.name(), List.of()),
                            List.of(group),
                            situation.forecast());
            plans.put(group.name(), planGroup(group, own));
        }
        return new ClusterPlan(plans, homeless);
    }

    /**
     * Plans one group, whose turn it is. Nodes and tasks of the situation must be the group's own.
     */
    public static Plan planGroup(SchedulingGroup group, Situation own) {
        Problem problem = Problem.of(group, own);
        Placement placement = new Placement(problem);
        Search search = new Search(problem, placement);
        placement.keepWhatMayStay();
        Pinning pinning = new Pinning(problem, placement, search);
        Solitude solitude = new Solitude(problem, placement, search);
        solitude.hold();
        pinning.run();
        solitude.run();
        Arrivals arrivals = new Arrivals(problem, placement, search);
        arrivals.run();
        Relief relief = new Relief(problem, placement, search);
        Balance balance = new Balance(problem, placement, search);
        Spread spread = new Spread(problem, placement, balance);
        boolean changed = true;
        for (int round = 0; changed && round < MOST_ROUNDS; round++) {
            changed = relief.run();
            changed |= balance.run();
            changed |= spread.run();
            changed |= pinning.run();
            changed |= solitude.run();
            changed |= arrivals.run();
        }
        return new Plan(problem, placement);
    }
}
