package io.penstock.cluster.plan;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plans of all groups.
 *
 * <p>Threading: immutable.
 *
 * @param groups each group's plan by its name, in the order of the groups
 * @param homeless tasks of groups that do not exist
 */
public record ClusterPlan(Map<String, Plan> groups, List<Unplaced> homeless) {

    /** Keeps copies. */
    public ClusterPlan {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        homeless = List.copyOf(homeless);
    }

    /** The table of all groups together; a new map. */
    public Map<TaskKey, NodeId> table() {
        Map<TaskKey, NodeId> all = new HashMap<>();
        groups.values().forEach(plan -> all.putAll(plan.table()));
        return all;
    }

    /** The moves of all groups. */
    public List<Move> moves() {
        List<Move> all = new ArrayList<>();
        groups.values().forEach(plan -> all.addAll(plan.moves()));
        return all;
    }

    /** What runs nowhere, in all groups and in none. */
    public List<Unplaced> unplaced() {
        List<Unplaced> all = new ArrayList<>(homeless);
        groups.values().forEach(plan -> all.addAll(plan.unplaced()));
        return all;
    }

    /** Why a task is where it is; null if no group and no list knows it. */
    public @Nullable String why(TaskKey task) {
        for (Plan plan : groups.values()) {
            String why = plan.why(task);
            if (why != null) {
                return why;
            }
        }
        return homeless.stream()
                .filter(unplaced -> unplaced.task().equals(task))
                .findFirst()
                .map(found -> task + " runs nowhere: " + found.obstacle().words() + ".")
                .orElse(null);
    }
}
