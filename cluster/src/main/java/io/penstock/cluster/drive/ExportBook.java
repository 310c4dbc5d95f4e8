package io.penstock.cluster.drive;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.forecast.Outlook;
import io.penstock.cluster.forecast.RateHistory;
import io.penstock.cluster.group.Smoothing;
import io.penstock.cluster.member.ExportLoad;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.sizing.ExportDemand;
import io.penstock.cluster.sizing.ShareCount;
import io.penstock.cluster.sizing.TaskScanner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exports that a leader knows of: what nodes report, and what runs already. An export that
 * nobody names any more is forgotten after some time only: a report that does not come, or one that
 * had no room for it, must not stop what runs.
 *
 * <p>Threading: confined to one round of planning at a time.
 */
final class ExportBook {

    /** Scheduling group of all exports: the configuration has no other for them. */
    static final String GROUP = "default";

    static final long FORGET_MS = 600_000;
    private static final int MAX_EXPORTS = 1_000_000;

    private final long leadMs;
    private final Map<TaskKey, Known> known = new HashMap<>();
    private Map<TaskKey, ShareCount> counts = new HashMap<>();
    private long lastMs;

    /** Of one export; the rate is summed over its nodes, in bytes a second. */
    private static final class Known {
        private final RateHistory history = new RateHistory();
        private long seenMs;
        private double reported;
        private double smoothed = -1;
    }

    /**
     * An empty book.
     *
     * @param leadMs how far forecasts look ahead
     */
    ExportBook(long leadMs) {
        this.leadMs = leadMs;
    }

    /**
     * What runs already, by whichever leader.
     *
     * @param nowMs milliseconds since 1970
     */
    void runs(Collection<TaskKey> tasks, long nowMs) {
        for (TaskKey task : tasks) {
            TaskKey first = first(task);
            if (!known.containsKey(first)) {
                know(first, nowMs);
            }
            int count = Math.min(task.share() + 1, ShareCount.MOST);
            counts.merge(
                    first,
                    new ShareCount(count, count, count, 0),
                    (a, b) -> a.count() >= b.count() ? a : b);
        }
    }

    /** The tasks that shall run, after another look at the reports. */
    TaskScanner.Scan scan(Collection<NodeReport> reports, long nowMs) {
        known.values().forEach(export -> export.reported = 0);
        for (NodeReport report : reports) {
            for (ExportLoad load : report.exports()) {
                Known export = know(new TaskKey(load.repo(), load.export(), 0), nowMs);
                if (load.bytesPerS() > 0) {
                    export.reported += load.bytesPerS();
                }
            }
        }
        known.values().removeIf(export -> nowMs - export.seenMs > FORGET_MS);
        long elapsedMs = Math.max(0, nowMs - lastMs);
        lastMs = nowMs;
        List<ExportDemand> demands = new ArrayList<>();
        known.forEach((first, export) -> demands.add(demand(first, export, elapsedMs, nowMs)));
        TaskScanner.Scan scan = TaskScanner.scan(demands, counts);
        counts = new HashMap<>(scan.counts());
        return scan;
    }

    private Known know(TaskKey first, long nowMs) {
        Known export = known.get(first);
        if (export == null) {
            export = new Known();
            if (known.size() < MAX_EXPORTS) {
                known.put(first, export);
            }
        }
        export.seenMs = Math.max(export.seenMs, nowMs);
        return export;
    }

    private ExportDemand demand(TaskKey first, Known export, long elapsedMs, long nowMs) {
        export.smoothed =
                export.smoothed < 0
                        ? export.reported
                        : Smoothing.DEFAULT.next(export.smoothed, export.reported, elapsedMs);
        export.history.observe(nowMs, export.smoothed);
        double forecast = Outlook.rate(export.history, nowMs, leadMs, export.smoothed);
        return ExportDemand.plain(first.repo(), first.export(), GROUP, export.smoothed, forecast);
    }

    private static TaskKey first(TaskKey task) {
        return task.share() == 0 ? task : new TaskKey(task.repo(), task.export(), 0);
    }
}
