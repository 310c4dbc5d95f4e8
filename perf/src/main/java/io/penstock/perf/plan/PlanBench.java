package io.penstock.perf.plan;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.plan.NodeLoad;
import io.penstock.cluster.plan.Plan;
import io.penstock.cluster.plan.Planner;
import io.penstock.cluster.plan.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Times the planner. A plan's time runs from the lists of nodes and tasks and the previous table to
 * the new table as a map.
 */
public final class PlanBench {
    private final int nodes;
    private final int tasks;
    private final long seed;
    private final int warmup;
    private final int rounds;
    private final Consumer<String> progress;

    /** A bench for a cluster of that size. */
    public PlanBench(
            int nodes, int tasks, long seed, int warmup, int rounds, Consumer<String> progress) {
        this.nodes = nodes;
        this.tasks = tasks;
        this.seed = seed;
        this.warmup = warmup;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Runs all kinds of plans. */
    public List<PlanResult> run() {
        MadeUpCluster cluster = new MadeUpCluster(nodes, tasks, seed);
        List<PlanResult> results = new ArrayList<>();
        Timed scratch = time("from scratch", cluster.situation(Map.of()));
        results.add(scratch.result(tasks));
        Map<TaskKey, NodeId> table = scratch.plan.table();
        results.add(time("no change", cluster.situation(table)).result(0));

        Node dead = cluster.nodes.remove(nodes / 2);
        int displaced = (int) table.values().stream().filter(dead.id()::equals).count();
        Timed death = time("a node died", cluster.situation(table));
        results.add(death.result(displaced));
        table = death.plan.table();

        cluster.nodes.add(dead);
        Timed join = time("a node joined", cluster.situation(table));
        results.add(join.result(fairShare(cluster, dead)));
        table = join.plan.table();

        cluster.change(tasks / 1_000);
        results.add(time("0.1 % of tasks changed", cluster.situation(table)).result(0));
        return results;
    }

    private static int fairShare(MadeUpCluster cluster, Node node) {
        double all = cluster.nodes.stream().mapToDouble(n -> n.capacity().cpu()).sum();
        return (int) Math.round(cluster.tasks.size() * node.capacity().cpu() / all);
    }

    private Timed time(String name, Situation situation) {
        progress.accept(name);
        double[] times = new double[rounds];
        Plan plan = null;
        for (int round = -warmup; round < rounds; round++) {
            long startNs = System.nanoTime();
            plan = Planner.plan(situation).groups().values().iterator().next();
            int placed = plan.table().size();
            double ms = (System.nanoTime() - startNs) / 1e6;
            if (placed + plan.unplaced().size() != tasks) {
                throw new IllegalStateException("the plan lost tasks");
            }
            if (round >= 0) {
                times[round] = ms;
            }
        }
        return new Timed(name, Objects.requireNonNull(plan), times);
    }

    private static final class Timed {
        private final String name;
        private final Plan plan;
        private final double[] times;

        Timed(String name, Plan plan, double[] times) {
            this.name = name;
            this.plan = plan;
            this.times = times;
        }

        PlanResult result(int expected) {
            double[] sorted = times.clone();
            Arrays.sort(sorted);
            List<NodeLoad> loads = plan.nodes();
            double mean = loads.stream().mapToDouble(NodeLoad::load).average().orElse(1);
            double most = loads.stream().mapToDouble(NodeLoad::load).max().orElse(1);
            double least = loads.stream().mapToDouble(NodeLoad::load).min().orElse(1);
            return new PlanResult(
                    name,
                    sorted[sorted.length / 2],
                    sorted[sorted.length - 1],
                    most / mean,
                    least / mean,
                    plan.moves().size(),
                    expected,
                    plan.unplaced().size());
        }
    }
}
