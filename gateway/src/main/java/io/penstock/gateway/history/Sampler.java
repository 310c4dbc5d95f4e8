package io.penstock.gateway.history;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.stage.IntakeCounters;
import io.penstock.exporter.stage.RefusalKind;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.exporter.stage.StageState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads counters into the history, and tells what moved since the round before.
 *
 * <p>Threading: one round at a time.
 */
final class Sampler {
    private final StageRegistry stages;
    private final FanOut fanOut;
    private final History history;
    private final LongSampler weeks;
    private Map<String, long[]> last = Map.of();
    private long lastNs;

    Sampler(StageRegistry stages, FanOut fanOut, History history, LongSampler weeks) {
        this.stages = stages;
        this.fanOut = fanOut;
        this.history = history;
        this.weeks = weeks;
    }

    /** One round. */
    Round take(long nowMs, long nowNs) {
        double seconds = Math.max(1e-3, (nowNs - lastNs) / 1e9);
        Map<String, long[]> counts = new HashMap<>();
        Map<String, double[]> perSecond = new HashMap<>();
        long second = nowMs / 1000;
        for (Stage stage : stages.stages()) {
            if (stage.state() == StageState.ACTIVE) {
                String repo = stage.repo().value();
                long[] count = {stage.ring().acceptedRecords(), stage.ring().tail()};
                double[] moved = moved(counts, repo + "/", count, seconds);
                perSecond.put(repo + "/", moved);
                history.add(repo, "", second, moved, moved[0] > 0);
            }
        }
        double[] node = new double[History.NODE.size()];
        List<ExportStats> exports = fanOut.stats();
        for (ExportStats stats : exports) {
            double[] moved = moved(counts, key(stats), counts(stats), seconds);
            perSecond.put(key(stats), moved);
            export(stats, second, moved, node);
        }
        IntakeCounters intake = stages.counters();
        long refused = 0;
        for (RefusalKind kind : RefusalKind.values()) {
            refused += intake.refusals(kind);
        }
        long[] ofNode = {intake.records(), intake.bytes(), refused};
        double[] atDoor = moved(counts, "/", ofNode, seconds);
        node[0] = atDoor[0];
        node[1] = atDoor[1];
        node[3] = atDoor[2];
        history.add("", "", second, node, true);
        Round round = new Round(nowMs, perSecond, Arrays.stream(node).boxed().toList(), exports);
        if (lastNs != 0) { // the first stands for no time
            weeks.take(round, seconds, nowNs, exports);
        }
        last = counts;
        lastNs = nowNs;
        return round;
    }

    private static String key(ExportStats stats) {
        return stats.repo().value() + "/" + stats.export();
    }

    private static long[] counts(ExportStats stats) {
        return new long[] {stats.deliveredRecords(), stats.deliveredBytes(), stats.failures()};
    }

    private void export(ExportStats stats, long second, double[] moved, double[] node) {
        node[2] += moved[0];
        node[4] += stats.lagRecords();
        node[5] += stats.lagBytes();
        node[6] = Math.max(node[6], (double) stats.oldestAgeMs());
        double[] values = {
            moved[0],
            moved[2],
            stats.lagRecords(),
            stats.lagBytes(),
            stats.oldestAgeMs(),
            stats.inFlight(),
            stats.pressure().concurrencyLimit()
        };
        boolean busy = moved[0] > 0 || stats.lagRecords() > 0;
        history.add(stats.repo().value(), stats.export(), second, values, busy);
    }

    /** Per second since the round before; 0 for what was not there, or counts anew. */
    private double[] moved(Map<String, long[]> counts, String key, long[] count, double seconds) {
        counts.put(key, count);
        long[] before = last.getOrDefault(key, count);
        double[] moved = new double[count.length];
        for (int i = 0; i < count.length; i++) {
            moved[i] = Math.max(0, (count[i] - before[i]) / seconds);
        }
        return moved;
    }
}
