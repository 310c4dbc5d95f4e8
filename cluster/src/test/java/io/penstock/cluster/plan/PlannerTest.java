package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.World.GROUP;
import static io.penstock.cluster.plan.World.id;
import static io.penstock.cluster.plan.World.key;
import static io.penstock.cluster.plan.World.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.group.Weights;
import io.penstock.cluster.task.NeedForecast;
import io.penstock.cluster.task.Sizing;
import io.penstock.cluster.task.Task;
import io.penstock.cluster.task.Units;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final TaskKey LONER = key("loner", 0);

    @Test
    void evensTheLoadOfEqualNodes() {
        World world = new World().nodes(4, 10).export("a", 40, 0.5);

        world.plan();

        for (Node node : world.nodes.values()) {
            assertThat(world.tasksOn(node.id().value())).isEqualTo(10);
        }
    }

    @Test
    void aNodeOfTwiceTheSizeGetsTwiceTheTasks() {
        World world = new World().node("small", 10).node("large", 20).export("a", 30, 0.5);

        world.plan();

        assertThat(world.tasksOn("large")).isBetween(19L, 21L);
    }

    @Test
    void aDeadNodesTasksMoveAndNoOthers() {
        World world = new World().nodes(5, 10).export("a", 50, 0.5);
        world.plan();
        world.nodes.remove(id("n002"));

        ClusterPlan plan = world.plan();

        assertThat(plan.moves()).hasSize(10);
        assertThat(plan.moves()).allMatch(move -> id("n002").equals(move.from()));
        assertThat(plan.moves()).allMatch(move -> move.reason() == Reason.NODE_GONE);
        assertThat(plan.unplaced()).isEmpty();
    }

    @Test
    void aNodeThatJoinsTakesItsFairShareAndNoMore() {
        World world = new World().nodes(4, 10).export("a", 100, 0.25);
        world.plan();
        world.node("n900", 10);

        ClusterPlan plan = world.plan();

        assertThat(plan.moves()).hasSizeBetween(18, 20);
        assertThat(plan.moves()).allMatch(move -> move.to().equals(id("n900")));
        assertThat(plan.moves()).allMatch(move -> move.reason() == Reason.BALANCE);
    }

    @Test
    void nothingMovesForASmallChange() {
        World world = new World().nodes(4, 10).export("a", 100, 0.25);
        world.plan();
        world.task(Task.plain(key("a", 7), GROUP, units(0.28)));

        assertThat(world.plan().moves()).isEmpty();
    }

    @Test
    void aDrainingNodeIsEmptiedAndTakesNothing() {
        World world = new World().nodes(3, 10).export("a", 30, 0.3);
        world.plan();
        world.node(world.known(id("n001")).drained()).export("b", 5, 0.3);

        ClusterPlan plan = world.plan();

        assertThat(world.tasksOn("n001")).isZero();
        assertThat(plan.moves())
                .filteredOn(Move::isHandOver)
                .allMatch(move -> move.reason() == Reason.DRAINING);
    }

    @Test
    void tasksWaitOnADrainingNodeWhileNoOtherHasRoom() {
        World world = new World().node("only", 10).export("a", 5, 0.5);
        world.plan();
        world.node(world.known(id("only")).drained());

        ClusterPlan plan = world.plan();

        assertThat(world.tasksOn("only")).isEqualTo(5);
        assertThat(plan.why(key("a", 0))).contains("drains, but no other node has room");
    }

    @Test
    void pinsWinOverHeadroomLabelsAndDraining() {
        World world = new World().nodes(3, 10).export("a", 60, 0.3);
        world.node(world.known(id("n001")).drained());
        Task heavy = Task.plain(key("pinned", 0), GROUP, units(9));
        world.task(heavy.labelled(Set.of("gpu")).pinnedTo(Set.of(id("n001"))));
        world.task(Task.plain(key("pinned", 1), GROUP, units(9)).pinnedTo(Set.of(id("n002"))));

        ClusterPlan plan = world.plan();

        assertThat(world.where(key("pinned", 0))).isEqualTo("n001");
        assertThat(world.where(key("pinned", 1))).isEqualTo("n002");
        assertThat(plan.why(key("pinned", 1))).contains("pinned").contains("no longer has");
    }

    @Test
    void aTaskPinnedToSeveralNodesLeavesTheOneThatDrains() {
        World world = new World().nodes(3, 10);
        world.task(
                Task.plain(key("p", 0), GROUP, units(1)).pinnedTo(Set.of(id("n000"), id("n001"))));
        world.plan();
        String was = world.where(key("p", 0));
        world.node(world.known(id(was)).drained());

        world.plan();

        assertThat(world.where(key("p", 0))).isNotEqualTo(was).isIn("n000", "n001");
    }

    @Test
    void noTaskLeavesADrainingNodeForOneThatIsReserved() {
        World world = new World().nodes(2, 10);
        world.task(Task.plain(LONER, GROUP, units(1)).alone().pinnedTo(Set.of(id("n000"))));
        TaskKey waiting = key("p", 0);
        world.task(Task.plain(waiting, GROUP, units(1)).pinnedTo(world.nodes.keySet()));
        world.table.put(LONER, id("n000"));
        world.table.put(waiting, id("n001"));
        world.node(world.known(id("n001")).drained());

        assertThat(world.plan().moves()).isEmpty();
    }

    @Test
    void aTaskIsMovedBackWhereItsPinWants() {
        World world = new World().nodes(3, 10).export("a", 120, 0.1);
        world.plan();
        String other = world.where(key("a", 0)).equals("n000") ? "n001" : "n000";
        world.task(world.known(key("a", 0)).pinnedTo(Set.of(id(other))));

        ClusterPlan plan = world.plan();

        assertThat(world.where(key("a", 0))).isEqualTo(other);
        assertThat(plan.moves()).hasSize(1);
        assertThat(plan.moves().get(0).reason()).isEqualTo(Reason.PINNED);
    }

    @Test
    void anExclusiveTaskIsAloneOnTheSmallestNodeThatWillDo() {
        World world = new World().nodes(3, 20).node("small", 5).export("a", 30, 0.5);
        world.task(Task.plain(LONER, GROUP, units(3)).alone());

        world.plan();

        assertThat(world.where(LONER)).isEqualTo("small");
        assertThat(world.tasksOn("small")).isEqualTo(1);
    }

    @Test
    void aNodeIsEmptiedForANewExclusiveTask() {
        World world = new World().nodes(4, 10).export("a", 20, 0.5);
        world.plan();
        world.task(Task.plain(LONER, GROUP, units(3)).alone());

        ClusterPlan plan = world.plan();

        assertThat(world.tasksOn(world.where(LONER))).isEqualTo(1);
        assertThat(plan.moves()).filteredOn(Move::isHandOver).hasSize(5);
        assertThat(plan.moves())
                .filteredOn(Move::isHandOver)
                .allMatch(move -> move.reason() == Reason.MADE_WAY);
    }

    @Test
    void noNodeIsEmptiedWhenItsTasksFitNowhereElse() {
        World world = new World().nodes(2, 10).export("a", 30, 0.5);
        world.plan();
        world.task(Task.plain(LONER, GROUP, units(3)).alone());

        ClusterPlan plan = world.plan();

        assertThat(plan.moves()).isEmpty();
        assertThat(plan.unplaced()).containsExactly(new Unplaced(LONER, Obstacle.NO_FREE_NODE));
    }

    @Test
    void tasksOfOneExportStandOnDifferentNodes() {
        World world = new World().nodes(10, 10).export("a", 10, 0.5).export("b", 5, 0.1);

        world.plan();

        for (String export : List.of("a", "b")) {
            Set<String> used = new HashSet<>();
            world.tasks.keySet().stream()
                    .filter(task -> task.export().equals(export))
                    .forEach(task -> used.add(world.where(task)));
            assertThat(used).hasSize(export.equals("a") ? 10 : 5);
        }
    }

    @Test
    void anExportThatGatheredIsSpread() {
        World world = new World().nodes(8, 10).export("a", 8, 0.05).export("b", 312, 0.05);
        for (int s = 0; s < 8; s++) {
            world.table.put(key("a", s), id("n000"));
        }
        for (int s = 0; s < 312; s++) {
            world.table.put(key("b", s), id("n00" + (s < 32 ? 0 : 1 + s % 7)));
        }

        ClusterPlan plan = world.plan();

        assertThat(plan.moves()).anyMatch(move -> move.reason() == Reason.SPREAD);
        long left =
                world.table.entrySet().stream()
                        .filter(e -> e.getKey().export().equals("a"))
                        .filter(e -> e.getValue().equals(id("n000")))
                        .count();
        assertThat(left).isLessThanOrEqualTo(4);
    }

    @Test
    void whatFitsNowhereIsNamedWithItsReason() {
        World world = new World().nodes(2, 10).export("full", 32, 0.5);
        world.plan();
        world.task(Task.plain(key("huge", 0), GROUP, units(9)));
        world.task(Task.plain(key("late", 0), GROUP, units(0.5)));
        world.task(Task.plain(key("gpu", 0), GROUP, units(0.5)).labelled(Set.of("gpu")));
        world.task(Task.plain(key("lost", 0), "nobody", units(0.5)));
        world.task(Task.plain(key("pin", 0), GROUP, units(0.5)).pinnedTo(Set.of(id("elsewhere"))));

        ClusterPlan plan = world.plan();

        assertThat(plan.unplaced())
                .containsExactlyInAnyOrder(
                        new Unplaced(key("huge", 0), Obstacle.TOO_LARGE),
                        new Unplaced(key("late", 0), Obstacle.NO_ROOM),
                        new Unplaced(key("gpu", 0), Obstacle.NO_LABEL),
                        new Unplaced(key("lost", 0), Obstacle.NO_GROUP),
                        new Unplaced(key("pin", 0), Obstacle.PINS_GONE));
        for (Unplaced unplaced : plan.unplaced()) {
            assertThat(plan.why(unplaced.task()))
                    .contains("runs nowhere")
                    .contains(unplaced.obstacle().words());
        }
        assertThat(plan.why(key("nobody", 9))).isNull();
    }

    @Test
    void theHeadroomServesTheTasksOfADeadNodeButNoNewOnes() {
        World world = new World().nodes(3, 10).export("a", 48, 0.5);
        world.plan();
        world.nodes.remove(id("n000"));
        world.task(Task.plain(key("late", 0), GROUP, units(0.5)));

        ClusterPlan plan = world.plan();

        assertThat(world.tasksOn("n001")).isEqualTo(20);
        assertThat(world.tasksOn("n002")).isEqualTo(20);
        assertThat(plan.unplaced()).hasSize(9);
        assertThat(plan.unplaced()).contains(new Unplaced(key("late", 0), Obstacle.NO_ROOM));
    }

    @Test
    void aNodeThatGrewBeyondItsHeadroomIsRelievedByAsFewTasksAsWillDo() {
        World world = new World().nodes(3, 10).export("a", 36, 0.5);
        world.plan();
        TaskKey hot = key("a", 0);
        world.task(world.known(hot).needing(units(3)));

        ClusterPlan plan = world.plan();

        assertThat(plan.moves()).hasSizeLessThanOrEqualTo(3);
        assertThat(plan.moves()).filteredOn(move -> move.reason() == Reason.RELIEF).hasSize(1);
        assertThat(Objects.requireNonNull(plan.groups().get(GROUP)).nodes())
                .noneMatch(node -> node.beyondHeadroom());
    }

    @Test
    void aSmallTaskMakesRoomForALargerOne() {
        World world = new World().nodes(2, 10).export("a", 2, 5).export("b", 2, 1);
        world.table.put(key("a", 0), id("n000"));
        world.table.put(key("b", 0), id("n000"));
        world.table.put(key("a", 1), id("n001"));
        world.table.put(key("b", 1), id("n001"));
        world.groups.put(GROUP, SchedulingGroup.named(GROUP).leaving(0.2));
        world.task(Task.plain(key("c", 0), GROUP, units(3)));

        ClusterPlan plan = world.plan();

        assertThat(plan.unplaced()).isEmpty();
        assertThat(plan.moves()).anyMatch(move -> move.reason() == Reason.MADE_ROOM);
    }

    @Test
    void aMergingTaskIsNotWorthAMove() {
        World world = new World().nodes(2, 10);
        for (int s = 0; s < 12; s++) {
            TaskKey task = key("a", s);
            world.task(Task.plain(task, GROUP, units(0.5)).sized(Sizing.MERGING));
            world.table.put(task, id("n000"));
        }

        assertThat(world.plan().moves()).isEmpty();
    }

    @Test
    void labelsAreAskedFor() {
        World world = new World().nodes(4, 10).export("a", 10, 0.2);
        world.node(world.known(id("n003")).labelled(Set.of("ssd", "eu")));
        world.task(Task.plain(LONER, GROUP, units(1)).labelled(Set.of("ssd")));

        world.plan();

        assertThat(world.where(LONER)).isEqualTo("n003");
    }

    @Test
    void weightsDecideWhatIsEvened() {
        World cpu = twoKinds();
        cpu.groups.put(GROUP, cpu.group().weighing(weights(1, 0)));
        World network = twoKinds();
        network.groups.put(GROUP, network.group().weighing(weights(0, 1)));

        cpu.plan();
        network.plan();

        assertThat(sumOn(cpu, "n000", true)).isCloseTo(4.4, within());
        assertThat(sumOn(network, "n000", false)).isCloseTo(4.4, within());
    }

    @Test
    void aPlanIsMadeWithTheForecastNotWithWhatIsNow() {
        World world = new World().nodes(2, 10).export("a", 2, 1);
        NeedForecast later = task -> task.need().times(task.key().share() == 0 ? 7 : 1);
        Situation now = world.situation();

        ClusterPlan plan =
                Planner.plan(
                        new Situation(
                                Map.of(key("a", 0), id("n000"), key("a", 1), id("n000")),
                                now.nodes(),
                                now.tasks(),
                                now.groups(),
                                later));

        assertThat(plan.moves()).hasSize(1);
        assertThat(plan.why(key("a", 0))).contains("cpu 7.00");
    }

    @Test
    void whyIsReadable() {
        World world = new World().nodes(2, 10).export("a", 4, 0.5);
        world.plan();
        world.nodes.remove(id("n000"));
        world.node("n005", 10);

        ClusterPlan plan = world.plan();
        TaskKey moved = plan.moves().get(0).task();

        assertThat(plan.why(moved))
                .matches(
                        "orders/a#\\d runs on n005 \\(before: n000\\): the node that ran it is gone\\. It"
                                + " needs cpu 0\\.50, memory 0\\.50, network 0\\.50, disk 0\\.50 units\\. n005"
                                + " is loaded to 10 %, the nodes that take tasks to 10 %; placing leaves 20 %"
                                + " of each resource free\\. 2 of the 4 tasks of its export are there\\.");
    }

    @Test
    void refusesANodeOrTaskThatIsThereTwice() {
        World world = new World().nodes(1, 10).export("a", 1, 1);
        Node node = world.known(id("n000"));
        Situation twice =
                new Situation(
                        Map.of(),
                        List.of(node, node),
                        world.tasks.values(),
                        world.groups.values(),
                        NeedForecast.LIVE);

        assertThatThrownBy(() -> Planner.plan(twice)).hasMessageContaining("n000 is there twice");
    }

    @Test
    void anEmptyClusterHasAnEmptyPlan() {
        World world = new World();
        assertThat(world.plan().moves()).isEmpty();
        world.export("a", 2, 1);
        assertThat(world.plan().unplaced()).allMatch(u -> u.obstacle() == Obstacle.NO_NODE);
    }

    private static World twoKinds() {
        World world = new World().nodes(2, 20);
        for (int s = 0; s < 8; s++) {
            world.task(Task.plain(key("cpu", s), GROUP, new Units(1, 0.1, 0.1, 0)));
            world.task(Task.plain(key("net", s), GROUP, new Units(0.1, 0.1, 1, 0)));
        }
        return world;
    }

    private static Weights weights(double cpu, double network) {
        return new Weights(cpu, 0, network, 0, 0);
    }

    private static double sumOn(World world, String node, boolean cpu) {
        return world.table.entrySet().stream()
                .filter(e -> e.getValue().value().equals(node))
                .map(e -> world.known(e.getKey()).need())
                .mapToDouble(need -> cpu ? need.cpu() : need.network())
                .sum();
    }

    private static Offset<Double> within() {
        return Offset.offset(0.5);
    }
}
