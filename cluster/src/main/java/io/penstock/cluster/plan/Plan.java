package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Placement.NONE;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one group shall look like, how it gets there and why.
 *
 * <p>Threading: immutable.
 */
public final class Plan {
    private final Problem problem;
    private final Placement placement;
    private final List<Move> moves = new ArrayList<>();
    private final List<Unplaced> unplaced = new ArrayList<>();

    Plan(Problem problem, Placement placement) {
        this.problem = problem;
        this.placement = placement;
        for (int t = 0; t < problem.tasks.length; t++) {
            int node = placement.node[t];
            if (node == NONE) {
                Obstacle obstacle = Objects.requireNonNull(placement.obstacle[t]);
                unplaced.add(new Unplaced(problem.tasks[t].key(), obstacle));
            } else if (node != problem.previous[t]) {
                moves.add(move(t, node));
            }
        }
    }

    /** The name of the group. */
    public String group() {
        return problem.group.name();
    }

    /** Tasks that change their node or start, in the order of their keys. */
    public List<Move> moves() {
        return List.copyOf(moves);
    }

    /** Tasks that run nowhere, in the order of their keys. */
    public List<Unplaced> unplaced() {
        return List.copyOf(unplaced);
    }

    /** The new table; a new map, without what runs nowhere. */
    public Map<TaskKey, NodeId> table() {
        Map<TaskKey, NodeId> table = new HashMap<>(problem.tasks.length * 4 / 3 + 1);
        forEach(table::put);
        return table;
    }

    /** Lends every placed task and its node, in the order of the tasks' keys. */
    public void forEach(BiConsumer<TaskKey, NodeId> visitor) {
        for (int t = 0; t < problem.tasks.length; t++) {
            int node = placement.node[t];
            if (node != NONE) {
                visitor.accept(problem.tasks[t].key(), problem.nodes[node].id());
            }
        }
    }

    /** What each node is left with, in the order of their ids. */
    public List<NodeLoad> nodes() {
        List<NodeLoad> loads = new ArrayList<>();
        for (int n = 0; n < problem.nodes.length; n++) {
            int tasks = 0;
            for (int t = placement.firstOn(n); t != NONE; t = placement.after(t)) {
                tasks++;
            }
            loads.add(
                    new NodeLoad(
                            problem.nodes[n].id(),
                            placement.load[n],
                            tasks,
                            placement.isBeyondLimit(n)));
        }
        return loads;
    }

    /** Why a task is where it is, in words; null if the group does not know it. */
    public @Nullable String why(TaskKey key) {
        int task = problem.indexOf(key);
        return task < 0 ? null : new Explanation(problem, placement).of(task);
    }

    private Move move(int task, int node) {
        int was = problem.previous[task];
        NodeId from = was >= 0 ? problem.nodes[was].id() : problem.lostNode(task);
        Reason reason = Objects.requireNonNull(placement.reason[task]);
        return new Move(problem.tasks[task].key(), from, problem.nodes[node].id(), reason);
    }
}
