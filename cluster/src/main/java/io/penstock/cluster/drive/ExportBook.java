package io.penstock.cluster.drive;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.forecast.Outlook;
import io.penstock.cluster.forecast.RateCodec;
import io.penstock.cluster.forecast.RateHistory;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.member.ExportLoad;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.order.OrderKey;
import io.penstock.cluster.order.Wishes;
import io.penstock.cluster.sizing.ExportDemand;
import io.penstock.cluster.sizing.NeedModel;
import io.penstock.cluster.sizing.ShareCount;
import io.penstock.cluster.sizing.TaskScanner;
import io.penstock.cluster.task.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The exports that a leader knows of, or a voter that may lead one day: what nodes report, and what
 * runs already. An export that nobody names any more is forgotten after some time only: a report
 * that does not come, or one that had no room for it, must not stop what runs.
 *
 * <p>Threading: confined to one round of planning at a time.
 */
final class ExportBook {

    static final long FORGET_MS = 600_000;
    private static final int MAX_EXPORTS = 1_000_000;

    private final Map<TaskKey, Known> known = new HashMap<>();
    private final Map<String, float[]> kept;
    private Map<TaskKey, ShareCount> counts = new HashMap<>();

    /** Of sources, what the scan before gave: a plan made of it may not be followed yet. */
    private Set<TaskKey> scanned = Set.of();

    /** Sources of which this leadership said how many tasks they have; what runs may lag behind. */
    private final Set<TaskKey> sized = new HashSet<>();

    private long epoch;
    private long lastMs;

    /**
     * Knows of no export yet.
     *
     * @param kept what {@link #busiest} gave, before this start
     */
    ExportBook(Map<String, float[]> kept) {
        this.kept = kept;
    }

    /** Of one export; the rate is summed over its nodes, in bytes a second. */
    private static final class Known {
        private final RateHistory history;
        private long seenMs;
        private double reported;
        private double smoothed = -1;
        private long leadMs;
        private int partitions;
        private int reportedPartitions;

        Known(float @Nullable [] slots) {
            history = slots == null ? new RateHistory() : new RateHistory(slots);
        }

        void watch(SchedulingGroup group, long elapsedMs, long nowMs) {
            leadMs = group.leadMs();
            partitions = reportedPartitions == 0 ? partitions : reportedPartitions;
            smoothed =
                    smoothed < 0 ? reported : group.smoothing().next(smoothed, reported, elapsedMs);
            history.observe(nowMs, smoothed);
        }

        /** A source whose topics nobody could look at yet stays as it is. */
        private int mostTasks(TaskKey first, int now) {
            return first.isSource() ? Math.max(1, partitions == 0 ? now : partitions) : 0;
        }

        ExportDemand demand(TaskKey first, int now, Wishes wishes, long nowMs) {
            return new ExportDemand(
                    first.repo(),
                    first.export(),
                    wishes.groupOf(first.repo(), first.export()),
                    smoothed,
                    Outlook.rate(history, nowMs, leadMs, smoothed),
                    mostTasks(first, now),
                    wishes.isExclusive(first.repo(), first.export()),
                    wishes.pins(first.repo(), first.export()),
                    Set.of(),
                    NeedModel.DEFAULT);
        }
    }

    /** Another leadership: how many tasks an export has is what runs, and nothing of before. */
    void lead(long newEpoch) {
        if (newEpoch != epoch) {
            epoch = newEpoch;
            counts = new HashMap<>();
            sized.clear();
        }
    }

    /**
     * What runs already, by whichever leader.
     *
     * @param nowMs milliseconds since 1970
     */
    void runs(Collection<TaskKey> tasks, long nowMs) {
        for (TaskKey task : tasks) {
            TaskKey first = task.first();
            if (!known.containsKey(first)) {
                know(first, nowMs);
            }
            if (sized.contains(first)) {
                continue;
            }
            int count = Math.min(tasksWith(task), ShareCount.MOST);
            counts.merge(
                    first,
                    new ShareCount(count, count, count, 0),
                    (a, b) -> a.count() >= b.count() ? a : b);
        }
    }

    private static int tasksWith(TaskKey task) {
        return task.isSource() ? TaskScanner.sourceTasksWith(task.share()) : task.share() + 1;
    }

    /**
     * The tasks that shall run, after another look at the reports.
     *
     * @param held tasks that may be running, or are wanted by the plan before
     */
    TaskScanner.Scan scan(
            Collection<NodeReport> reports, Set<TaskKey> held, Wishes wishes, long nowMs) {
        watch(reports, wishes, nowMs);
        List<ExportDemand> demands = new ArrayList<>();
        known.forEach(
                (first, export) -> {
                    ShareCount now = counts.get(first);
                    int tasks = now == null ? 1 : now.count();
                    demands.add(export.demand(first, tasks, wishes, nowMs));
                });
        Set<TaskKey> mayRun = new HashSet<>(held);
        mayRun.addAll(scanned);
        TaskScanner.Scan scan = TaskScanner.scan(demands, counts, mayRun);
        counts = new HashMap<>(scan.counts());
        counts.keySet().stream().filter(TaskKey::isSource).forEach(sized::add);
        scanned =
                scan.tasks().stream()
                        .map(Task::key)
                        .filter(TaskKey::isSource)
                        .collect(Collectors.toSet());
        return scan;
    }

    /** Learns from the reports, and no more. */
    void watch(Collection<NodeReport> reports, Wishes wishes, long nowMs) {
        known.values()
                .forEach(
                        export -> {
                            export.reported = 0;
                            export.reportedPartitions = 0;
                        });
        for (NodeReport report : reports) {
            for (ExportLoad load : report.exports()) {
                Known export = know(new TaskKey(load.repo(), load.export(), 0), nowMs);
                export.reportedPartitions = Math.max(export.reportedPartitions, load.partitions());
                if (load.bytesPerS() > 0) {
                    export.reported += load.bytesPerS();
                }
            }
        }
        known.values().removeIf(export -> nowMs - export.seenMs > FORGET_MS);
        long elapsedMs = Math.max(0, nowMs - lastMs);
        lastMs = nowMs;
        known.forEach(
                (first, export) -> {
                    String group = wishes.groupOf(first.repo(), first.export());
                    export.watch(wishes.group(group).group(), elapsedMs, nowMs);
                });
    }

    /** Rates by hour of the week of the busiest exports, as they are kept. */
    Map<String, float[]> busiest() {
        Map<String, float[]> histories = new HashMap<>();
        known.entrySet().stream()
                .sorted((a, b) -> Double.compare(b.getValue().smoothed, a.getValue().smoothed))
                .limit(RateCodec.MOST)
                .forEach(
                        each ->
                                histories.put(
                                        OrderKey.export(
                                                each.getKey().repo(), each.getKey().export()),
                                        each.getValue().history.slots()));
        return histories;
    }

    private Known know(TaskKey first, long nowMs) {
        Known export = known.get(first);
        if (export == null) {
            export = new Known(kept.get(OrderKey.export(first.repo(), first.export())));
            if (known.size() < MAX_EXPORTS) {
                known.put(first, export);
            }
        }
        export.seenMs = Math.max(export.seenMs, nowMs);
        return export;
    }
}
