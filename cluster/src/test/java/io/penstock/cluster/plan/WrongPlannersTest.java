package io.penstock.cluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.task.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Planners that are wrong in one way each: the laws must see every one of them. */
class WrongPlannersTest {
    private static final int WORLDS = 60;

    @FunctionalInterface
    private interface WrongPlanner {
        Laws.Result plan(Situation situation);
    }

    @Test
    void theRightPlannerIsNotBlamed() {
        assertThat(blame(WrongPlannersTest::right)).isEmpty();
    }

    @Test
    void onePinForgottenIsSeen() {
        assertThat(blame(s -> right(tasks(s, task -> task.pinnedTo(Set.of()))))).contains("pins");
    }

    @Test
    void labelsForgottenAreSeen() {
        assertThat(blame(s -> right(tasks(s, task -> task.labelled(Set.of()))))).contains("labels");
    }

    @Test
    void companyForATaskThatMustBeAloneIsSeen() {
        UnaryOperator<Task> social =
                task ->
                        new Task(
                                task.key(),
                                task.group(),
                                task.need(),
                                false,
                                task.pins(),
                                task.labels(),
                                task.sizing());
        assertThat(blame(s -> right(tasks(s, social)))).contains("exclusive");
    }

    @Test
    void headroomForgottenIsSeen() {
        assertThat(blame(s -> right(groups(s, group -> group.leaving(0))))).contains("headroom");
    }

    @Test
    void oneGroupForAllIsSeen() {
        assertThat(blame(WrongPlannersTest::mixed)).contains("groups");
    }

    @Test
    void aTaskDroppedSilentlyIsSeen() {
        WrongPlanner forgetful =
                s -> {
                    Laws.Result result = right(s);
                    Map<TaskKey, NodeId> table = new HashMap<>(result.table());
                    Iterator<TaskKey> any = table.keySet().iterator();
                    if (any.hasNext()) {
                        any.next();
                        any.remove();
                    }
                    return new Laws.Result(table, result.unplaced());
                };
        assertThat(blame(forgetful)).contains("accounted");
    }

    @Test
    void givingUpTooEarlyIsSeen() {
        assertThat(blame(s -> right(groups(s, group -> group.leaving(0.5))))).contains("unplaced");
    }

    @Test
    void planningAfreshMovesTooMuch() {
        World world = new World().nodes(6, 10).export("a", 60, 0.2).export("b", 7, 0.7);
        world.plan();
        world.nodes.remove(World.id("n003"));
        Situation situation = world.situation();
        Situation blank =
                new Situation(
                        Map.of(),
                        situation.nodes(),
                        situation.tasks(),
                        situation.groups(),
                        situation.forecast());

        Set<TaskKey> right =
                PlannerPropertyTest.handOvers(situation, Planner.plan(situation).table());
        Set<TaskKey> wrong = PlannerPropertyTest.handOvers(situation, Planner.plan(blank).table());

        assertThat(right).isEmpty();
        assertThat(wrong.size()).isGreaterThan(10);
    }

    private static Laws.Result right(Situation situation) {
        return PlannerPropertyTest.result(Planner.plan(situation));
    }

    private static Laws.Result mixed(Situation s) {
        List<Node> nodes = new ArrayList<>();
        for (Node n : s.nodes()) {
            nodes.add(new Node(n.id(), World.GROUP, n.capacity(), n.draining(), n.labels()));
        }
        UnaryOperator<Task> joined =
                task ->
                        new Task(
                                task.key(),
                                World.GROUP,
                                task.need(),
                                task.exclusive(),
                                task.pins(),
                                task.labels(),
                                task.sizing());
        return right(
                tasks(
                        new Situation(s.previous(), nodes, s.tasks(), s.groups(), s.forecast()),
                        joined));
    }

    private static Situation tasks(Situation s, UnaryOperator<Task> change) {
        Collection<Task> changed = s.tasks().stream().map(change).toList();
        return new Situation(s.previous(), s.nodes(), changed, s.groups(), s.forecast());
    }

    private static Situation groups(Situation s, UnaryOperator<SchedulingGroup> change) {
        Collection<SchedulingGroup> changed = s.groups().stream().map(change).toList();
        return new Situation(s.previous(), s.nodes(), s.tasks(), changed, s.forecast());
    }

    /** The laws that a planner breaks on its walk through worlds that change. */
    private static Set<String> blame(WrongPlanner planner) {
        long seed = Long.getLong("penstock.seed", 4);
        Random random = new Random(seed);
        Set<String> laws = new TreeSet<>();
        for (int w = 0; w < WORLDS; w++) {
            RandomWorld maker = new RandomWorld(random);
            World world = maker.make();
            for (int c = 0; c < 6; c++) {
                Situation situation = world.situation();
                Laws.Result result = planner.plan(situation);
                for (String broken : Laws.broken(situation, result)) {
                    laws.add(broken.substring(0, broken.indexOf(':')));
                }
                world.table = new HashMap<>(result.table());
                maker.change(world);
            }
        }
        return laws;
    }
}
