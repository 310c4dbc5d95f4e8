package io.penstock.cluster.plan;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.task.Resource;
import io.penstock.cluster.task.Sizing;
import io.penstock.cluster.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What holds of every plan, judged from the outside: by situation and table alone, in floating
 * point and without the planner's own sums.
 */
final class Laws {
    private static final double ROUNDING = 1e-4;

    /** The planner's least need: an idle task costs something. */
    private static final double[] LEAST = {0.01, 0.01, 0, 0};

    private static final List<Resource> ALL =
            List.of(Resource.CPU, Resource.MEMORY, Resource.NETWORK, Resource.DISK);

    private final Situation situation;
    private final Map<TaskKey, NodeId> table;
    private final Set<TaskKey> unplaced = new HashSet<>();
    private final Map<NodeId, Node> nodes = new TreeMap<>();
    private final Map<String, SchedulingGroup> groups = new HashMap<>();
    private final Map<NodeId, List<Task>> tasksOn = new HashMap<>();
    private final Map<NodeId, double[]> used = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    private Laws(Situation situation, Result result) {
        this.situation = situation;
        table = result.table();
        result.unplaced().forEach(u -> unplaced.add(u.task()));
        situation.nodes().forEach(node -> nodes.put(node.id(), node));
        situation.groups().forEach(group -> groups.put(group.name(), group));
        for (Node node : situation.nodes()) {
            tasksOn.put(node.id(), new ArrayList<>());
            used.put(node.id(), new double[LEAST.length]);
        }
        for (Task task : situation.tasks()) {
            NodeId node = table.get(task.key());
            if (node != null && nodes.containsKey(node)) {
                on(node).add(task);
                for (int r = 0; r < ALL.size(); r++) {
                    usedOn(node)[r] += need(task, r);
                }
            }
        }
    }

    /** What a planner answers. */
    record Result(Map<TaskKey, NodeId> table, List<Unplaced> unplaced) {}

    /** All that is broken; empty when everything holds. */
    static List<String> broken(Situation situation, Result result) {
        Laws laws = new Laws(situation, result);
        laws.everyTaskIsAccountedFor();
        laws.groupsAreApart();
        laws.pinsHold();
        laws.labelsHold();
        laws.exclusiveTasksAreAlone();
        laws.noNodeIsBeyondItsHeadroomWhenAFitExists();
        laws.whatIsUnplacedFitsNowhere();
        return laws.broken;
    }

    private void everyTaskIsAccountedFor() {
        for (Task task : situation.tasks()) {
            boolean placed = table.containsKey(task.key());
            if (placed == unplaced.contains(task.key())) {
                broken.add("accounted: " + task.key() + (placed ? " twice" : " silently nowhere"));
            }
        }
        if (table.size() + unplaced.size() != situation.tasks().size()) {
            broken.add("accounted: the table has tasks that nobody asked for");
        }
    }

    private void groupsAreApart() {
        for (Task task : situation.tasks()) {
            NodeId node = table.get(task.key());
            if (node != null
                    && (!nodes.containsKey(node) || !known(node).group().equals(task.group()))) {
                broken.add("groups: " + task.key() + " of " + task.group() + " on " + node);
            }
        }
    }

    private void pinsHold() {
        for (Task task : situation.tasks()) {
            if (task.pins().isEmpty() || !groups.containsKey(task.group())) {
                continue;
            }
            boolean alive =
                    task.pins().stream()
                            .anyMatch(
                                    pin ->
                                            nodes.containsKey(pin)
                                                    && known(pin).group().equals(task.group()));
            NodeId node = table.get(task.key());
            if (alive ? node == null || !task.pins().contains(node) : node != null) {
                broken.add("pins: " + task.key() + " on " + node + ", not " + task.pins());
            }
        }
    }

    private void labelsHold() {
        for (Task task : situation.tasks()) {
            NodeId node = table.get(task.key());
            if (node != null
                    && nodes.containsKey(node)
                    && task.pins().isEmpty()
                    && !known(node).labels().containsAll(task.labels())) {
                broken.add("labels: " + task.key() + " on " + node);
            }
        }
    }

    private void exclusiveTasksAreAlone() {
        for (Task task : situation.tasks()) {
            NodeId node = table.get(task.key());
            if (!task.exclusive() || node == null || !nodes.containsKey(node)) {
                continue;
            }
            // one that ran there may wait for a node, but no other may come to it
            boolean waits = node.equals(situation.previous().get(task.key()));
            for (Task other : on(node)) {
                boolean came = !node.equals(situation.previous().get(other.key()));
                if (!other.key().equals(task.key()) && other.pins().isEmpty() && (!waits || came)) {
                    broken.add("exclusive: " + other.key() + " beside " + task.key());
                }
            }
        }
    }

    private void noNodeIsBeyondItsHeadroomWhenAFitExists() {
        for (Node node : nodes.values()) {
            if (!takesTasks(node)) {
                continue;
            }
            for (Task task : on(node.id())) {
                boolean movable =
                        task.pins().size() != 1
                                && !task.exclusive()
                                && task.sizing() != Sizing.MERGING;
                if (movable && wouldRelieve(task, node)) {
                    fitOf(task, "headroom: " + node.id() + " is beyond it");
                }
            }
        }
    }

    private void whatIsUnplacedFitsNowhere() {
        for (Task task : situation.tasks()) {
            if (unplaced.contains(task.key()) && task.pins().isEmpty() && !task.exclusive()) {
                fitOf(task, "unplaced");
            }
        }
    }

    private void fitOf(Task task, String law) {
        for (Node other : nodes.values()) {
            boolean allowed =
                    task.pins().isEmpty()
                            ? other.labels().containsAll(task.labels())
                            : task.pins().contains(other.id());
            if (allowed
                    && other.group().equals(task.group())
                    && !other.id().equals(table.get(task.key()))
                    && takesTasks(other)
                    && fits(task, other)) {
                broken.add(law + ": " + task.key() + " fits on " + other.id());
                return;
            }
        }
    }

    private boolean takesTasks(Node node) {
        return !node.draining()
                && groups.containsKey(node.group())
                && on(node.id()).stream().noneMatch(Task::exclusive);
    }

    private boolean wouldRelieve(Task task, Node node) {
        for (int r = 0; r < ALL.size(); r++) {
            double beyond = usedOn(node.id())[r] - limit(node, r);
            if (beyond > ROUNDING && need(task, r) > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(Task task, Node node) {
        for (int r = 0; r < ALL.size(); r++) {
            if (usedOn(node.id())[r] + need(task, r) > limit(node, r) - ROUNDING) {
                return false;
            }
        }
        return true;
    }

    private double limit(Node node, int r) {
        return node.capacity().get(ALL.get(r))
                * (1 - Objects.requireNonNull(groups.get(node.group())).headroom());
    }

    private Node known(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    private List<Task> on(NodeId node) {
        return Objects.requireNonNull(tasksOn.get(node));
    }

    private double[] usedOn(NodeId node) {
        return Objects.requireNonNull(used.get(node));
    }

    private double need(Task task, int r) {
        return Math.max(LEAST[r], situation.forecast().of(task).get(ALL.get(r)));
    }
}
