package io.penstock.cluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.task.NeedForecast;
import io.penstock.cluster.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Laws over thousands of random situations; {@code -Dpenstock.seed} repeats a run. */
class PlannerPropertyTest {
    private static final int WORLDS = 400;
    private static final int CHANGES = 12;

    private final long seed = Long.getLong("penstock.seed", System.nanoTime());

    @Test
    void everyPlanKeepsTheLaws() {
        walk(
                (world, where) -> {
                    Situation situation = world.situation();
                    ClusterPlan plan = Planner.plan(situation);
                    assertThat(Laws.broken(situation, result(plan))).as(where).isEmpty();
                });
    }

    @Test
    void aPlanMadeOfAPlanMovesNothing() {
        walk(
                (world, where) -> {
                    Map<TaskKey, NodeId> first = Planner.plan(world.situation()).table();
                    Situation after = with(world, first);
                    ClusterPlan second = Planner.plan(after);
                    assertThat(second.moves()).as(where).isEmpty();
                    assertThat(second.table()).as(where).isEqualTo(first);
                });
    }

    @Test
    void theSameSituationInAnyOrderGivesTheSamePlan() {
        Random order = new Random(seed);
        walk(
                (world, where) -> {
                    ClusterPlan plan = Planner.plan(world.situation());
                    ClusterPlan again = Planner.plan(shuffled(world, order));
                    assertThat(again.table()).as(where).isEqualTo(plan.table());
                    assertThat(new HashSet<>(again.moves()))
                            .as(where)
                            .isEqualTo(new HashSet<>(plan.moves()));
                    assertThat(again.unplaced()).as(where).hasSameElementsAs(plan.unplaced());
                });
    }

    @Test
    void oneGroupKnowsNothingOfAnother() {
        walk(
                (world, where) -> {
                    Plan alone = Planner.plan(world.situation()).groups().get(World.GROUP);
                    World other = copy(world);
                    other.tasks.values().removeIf(task -> task.group().equals("batch"));
                    other.nodes.values().removeIf(node -> node.group().equals("batch"));
                    Plan without = Planner.plan(other.situation()).groups().get(World.GROUP);
                    assertThat(table(without)).as(where).isEqualTo(table(alone));
                });
    }

    @Test
    void whatMovesIsBoundedByWhatChanged() {
        walk(
                (world, where) -> {
                    world.plan();
                    World after = copy(world);
                    NodeId dead = after.nodes.keySet().iterator().next();
                    after.nodes.remove(dead);
                    double came = 0;
                    double largest = 0;
                    for (Task task : world.tasks.values()) {
                        NodeId node = world.table.get(task.key());
                        came += dead.equals(node) || node == null ? sum(task) : 0;
                        largest = Math.max(largest, sum(task));
                    }
                    double moved = 0;
                    Situation situation = after.situation();
                    ClusterPlan plan = Planner.plan(situation);
                    for (TaskKey task : handOvers(situation, plan.table())) {
                        moved += sum(world.known(task));
                    }
                    // what comes may push as much away, and an emptied node once more
                    double most = 2 * came + 2 * largest + emptied(world, dead);
                    assertThat(moved).as(where + plan.moves()).isLessThanOrEqualTo(most);
                });
    }

    @Test
    void whatFitsEasilyIsAllPlacedWithinHeadroomAndEven() {
        Random random = new Random(seed);
        for (int w = 0; w < 100; w++) {
            World world = new World().nodes(3 + random.nextInt(20), 10);
            double room = world.nodes.size() * 8 * (0.3 + 0.6 * random.nextDouble());
            for (int e = 0; room > 0; e++) {
                double size = 0.05 + random.nextDouble() * 0.3;
                int shares = 1 + random.nextInt(8);
                world.export("e" + e, shares, size);
                room -= shares * size;
            }
            ClusterPlan plan = world.plan();
            List<NodeLoad> loads = Objects.requireNonNull(plan.groups().get(World.GROUP)).nodes();
            double mean = loads.stream().mapToDouble(NodeLoad::load).average().orElseThrow();
            double most = loads.stream().mapToDouble(NodeLoad::load).max().orElseThrow();
            assertThat(plan.unplaced()).as("seed %d", seed).isEmpty();
            assertThat(loads).as("seed %d", seed).noneMatch(NodeLoad::beyondHeadroom);
            assertThat(most / mean).as("seed %d", seed).isLessThanOrEqualTo(1.1);
        }
    }

    private interface Check {
        void on(World world, String where);
    }

    private void walk(Check check) {
        System.out.println("PlannerPropertyTest: -Dpenstock.seed=" + seed);
        Random random = new Random(seed);
        for (int w = 0; w < WORLDS; w++) {
            RandomWorld maker = new RandomWorld(random);
            World world = maker.make();
            for (int c = 0; c < CHANGES; c++) {
                check.on(world, "seed " + seed + ", world " + w + ", change " + c);
                world.plan();
                maker.change(world);
            }
        }
    }

    static Laws.Result result(ClusterPlan plan) {
        return new Laws.Result(plan.table(), plan.unplaced());
    }

    private static double sum(Task task) {
        return task.need().cpu()
                + task.need().memory()
                + task.need().network()
                + task.need().disk();
    }

    /** What all nodes hold that may have to be emptied for tasks that must be alone. */
    private static double emptied(World world, NodeId dead) {
        long loners =
                world.tasks.values().stream()
                        .filter(Task::exclusive)
                        .map(task -> world.table.get(task.key()))
                        .filter(node -> node == null || node.equals(dead))
                        .count();
        double most = 0;
        for (NodeId node : world.nodes.keySet()) {
            most =
                    Math.max(
                            most,
                            world.tasks.values().stream()
                                    .filter(task -> node.equals(world.table.get(task.key())))
                                    .mapToDouble(PlannerPropertyTest::sum)
                                    .sum());
        }
        return loners * most;
    }

    private static Map<TaskKey, NodeId> table(@Nullable Plan plan) {
        return Objects.requireNonNull(plan).table();
    }

    private static World copy(World world) {
        World copy = new World();
        copy.nodes.putAll(world.nodes);
        copy.tasks.putAll(world.tasks);
        copy.groups.putAll(world.groups);
        copy.table = new HashMap<>(world.table);
        return copy;
    }

    private static Situation with(World world, Map<TaskKey, NodeId> table) {
        World after = copy(world);
        after.table = table;
        return after.situation();
    }

    private static Situation shuffled(World world, Random order) {
        List<Node> nodes = new ArrayList<>(world.nodes.values());
        List<Task> tasks = new ArrayList<>(world.tasks.values());
        Collections.shuffle(nodes, order);
        Collections.shuffle(tasks, order);
        return new Situation(
                Map.copyOf(world.table), nodes, tasks, world.groups.values(), NeedForecast.LIVE);
    }

    /** For the planted wrong planners: tasks whose node changed, though both are still there. */
    static Set<TaskKey> handOvers(Situation situation, Map<TaskKey, NodeId> table) {
        Set<NodeId> alive = new HashSet<>();
        situation.nodes().forEach(node -> alive.add(node.id()));
        Set<TaskKey> moved = new HashSet<>();
        table.forEach(
                (task, node) -> {
                    NodeId was = situation.previous().get(task);
                    if (was != null && alive.contains(was) && !was.equals(node)) {
                        moved.add(task);
                    }
                });
        return moved;
    }
}
