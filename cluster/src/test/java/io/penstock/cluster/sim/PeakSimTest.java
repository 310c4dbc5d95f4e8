package io.penstock.cluster.sim;

import static io.penstock.cluster.forecast.HourOfWeek.HOUR_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.forecast.Outlook;
import io.penstock.cluster.forecast.RateHistory;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.plan.ClusterPlan;
import io.penstock.cluster.plan.Move;
import io.penstock.cluster.plan.Planner;
import io.penstock.cluster.plan.Situation;
import io.penstock.cluster.sizing.ExportDemand;
import io.penstock.cluster.sizing.ShareCount;
import io.penstock.cluster.sizing.TaskScanner;
import io.penstock.cluster.task.Units;
import io.penstock.model.RepoName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Two weeks of a cluster in virtual time and the Monday after: 30 exports, of which a third has ten
 * times its rate on working days from 9 to 11. The leader plans every minute, with the forecast or
 * without.
 */
class PeakSimTest {
    private static final long MONDAY_MS = Instant.parse("2026-11-02T00:00:00Z").toEpochMilli();
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final RepoName REPO = new RepoName("orders");
    private static final SchedulingGroup GROUP = SchedulingGroup.named("default");
    private static final int NODES = 8;
    private static final int EXPORTS = 30;

    @Test
    void aKnownPeakIsSpreadBeforeItComes() {
        Simulation knowing = new Simulation(true);
        Simulation blind = new Simulation(false);
        for (Simulation simulation : List.of(knowing, blind)) {
            simulation.run(MONDAY_MS, MONDAY_MS + 14 * DAY_MS);
            simulation.watchFromMs = MONDAY_MS + 14 * DAY_MS;
            simulation.run(MONDAY_MS + 14 * DAY_MS, MONDAY_MS + 14 * DAY_MS + 12 * HOUR_MS);
        }

        long peakMs = MONDAY_MS + 14 * DAY_MS + 9 * HOUR_MS;
        System.out.println("PeakSimTest: with forecast " + knowing.words(peakMs));
        System.out.println("PeakSimTest: without       " + blind.words(peakMs));
        assertThat(blind.overloadedMinutes).isGreaterThan(0);
        assertThat(knowing.overloadedMinutes).isZero();
        assertThat(knowing.unplaced).isZero();
        assertThat(blind.startsBetween(peakMs - HOUR_MS, peakMs)).isZero();
        assertThat(knowing.startsBetween(peakMs - HOUR_MS, peakMs)).isPositive();
        assertThat(knowing.changesBetween(peakMs, peakMs + 2 * HOUR_MS))
                .isLessThan(blind.changesBetween(peakMs, peakMs + 2 * HOUR_MS) / 4);
    }

    private static double rate(int export, long nowMs) {
        double usual = 4e6 + export * 0.1e6;
        long day = Math.floorDiv(nowMs - MONDAY_MS, DAY_MS) % 7;
        long hour = Math.floorMod(nowMs, DAY_MS) / HOUR_MS;
        boolean peak = day < 5 && hour >= 9 && hour < 11;
        return peak && export % 3 == 0 ? 10 * usual : usual;
    }

    private static final class Simulation {
        private final boolean knowing;
        private final Map<TaskKey, RateHistory> histories = new HashMap<>();
        private final double[] smoothed = new double[EXPORTS];
        private final TreeMap<Long, ClusterPlan> plans = new TreeMap<>();
        private Map<TaskKey, ShareCount> counts = Map.of();
        private Map<TaskKey, NodeId> table = Map.of();
        private long watchFromMs = Long.MAX_VALUE;
        private int overloadedMinutes;
        private int unplaced;

        Simulation(boolean knowing) {
            this.knowing = knowing;
        }

        void run(long fromMs, long toMs) {
            for (long now = fromMs; now < toMs; now += MINUTE_MS) {
                if (now >= watchFromMs) {
                    overloadedMinutes += isAnyNodeOverloaded(now) ? 1 : 0;
                }
                step(now);
            }
        }

        private void step(long nowMs) {
            List<ExportDemand> demands = new ArrayList<>();
            for (int e = 0; e < EXPORTS; e++) {
                double rate = rate(e, nowMs);
                smoothed[e] = GROUP.smoothing().next(smoothed[e], rate, MINUTE_MS);
                RateHistory history =
                        histories.computeIfAbsent(
                                new TaskKey(REPO, name(e), 0), k -> new RateHistory());
                history.observe(nowMs, rate);
                double later =
                        knowing
                                ? Outlook.rate(history, nowMs, GROUP.leadMs(), smoothed[e])
                                : smoothed[e];
                demands.add(ExportDemand.plain(REPO, name(e), "default", smoothed[e], later));
            }
            TaskScanner.Scan scan = TaskScanner.scan(demands, counts);
            counts = scan.counts();
            ClusterPlan plan =
                    Planner.plan(
                            new Situation(
                                    table, nodes(), scan.tasks(), List.of(GROUP), scan.forecast()));
            table = plan.table();
            if (nowMs >= watchFromMs) {
                plans.put(nowMs, plan);
                unplaced += plan.unplaced().size();
            }
        }

        /** What runs now, by the table of a minute ago, against what nodes can carry. */
        private boolean isAnyNodeOverloaded(long nowMs) {
            Map<NodeId, Double> network = new HashMap<>();
            table.forEach(
                    (task, node) -> {
                        int export = Integer.parseInt(task.export().substring(1));
                        double need = 2 * rate(export, nowMs) / Units.BYTES_PER_S;
                        int shares =
                                Objects.requireNonNull(
                                                counts.get(new TaskKey(REPO, task.export(), 0)))
                                        .count();
                        network.merge(node, need / shares, Double::sum);
                    });
            return network.values().stream().anyMatch(used -> used > CAPACITY.network());
        }

        long startsBetween(long fromMs, long toMs) {
            return moves(fromMs, toMs).stream().filter(move -> !move.isHandOver()).count();
        }

        long changesBetween(long fromMs, long toMs) {
            return moves(fromMs, toMs).size();
        }

        String words(long peakMs) {
            return overloadedMinutes
                    + " minutes with a node beyond its capacity; changes in the hour before "
                    + changesBetween(peakMs - HOUR_MS, peakMs)
                    + ", within the peak "
                    + changesBetween(peakMs, peakMs + 2 * HOUR_MS);
        }

        private List<Move> moves(long fromMs, long toMs) {
            List<Move> moves = new ArrayList<>();
            plans.subMap(fromMs, toMs).values().forEach(plan -> moves.addAll(plan.moves()));
            return moves;
        }
    }

    private static final Units CAPACITY = new Units(8, 16, 24, 24);

    private static List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        for (int n = 0; n < NODES; n++) {
            nodes.add(Node.plain(new NodeId("n" + n), "default", CAPACITY));
        }
        return nodes;
    }

    private static String name(int export) {
        return "e" + export;
    }
}
