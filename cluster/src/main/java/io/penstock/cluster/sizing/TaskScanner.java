package io.penstock.cluster.sizing;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.forecast.ExportForecast;
import io.penstock.cluster.task.NeedForecast;
import io.penstock.cluster.task.Sizing;
import io.penstock.cluster.task.Task;
import io.penstock.cluster.task.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes tasks of exports.
 *
 * <p>Threading: any thread; a pure function.
 */
public final class TaskScanner {
    private TaskScanner() {}

    /**
     * What a scan finds.
     *
     * @param tasks tasks that shall run
     * @param forecast what they will need
     * @param counts tasks by export, under the keys of their shares 0, for the next scan
     */
    public record Scan(List<Task> tasks, NeedForecast forecast, Map<TaskKey, ShareCount> counts) {}

    /**
     * Scans.
     *
     * @param exports exports that shall run, each once
     * @param before counts of the last scan; empty at first
     */
    public static Scan scan(Collection<ExportDemand> exports, Map<TaskKey, ShareCount> before) {
        List<Task> tasks = new ArrayList<>();
        Map<TaskKey, Units> rise = new HashMap<>();
        Map<TaskKey, ShareCount> counts = new HashMap<>();
        for (ExportDemand export : exports) {
            TaskKey first = export.share(0);
            ShareCount was = before.get(first);
            double rate = export.forecastBytesPerS();
            ShareCount is =
                    was == null
                            ? ShareCount.first(rate, export.partitions())
                            : was.next(rate, export.partitions());
            if (counts.put(first, is) != null) {
                throw new IllegalArgumentException(first + " is there twice");
            }
            Units need = export.model().of(export.liveBytesPerS() / is.count());
            Units later = export.model().of(rate / is.count());
            if (!later.equals(need)) {
                rise.put(first, later.with(need, (more, less) -> Math.max(0, more - less)));
            }
            for (int share = 0; share < is.count(); share++) {
                tasks.add(task(export, share, need, sizing(is, share)));
            }
        }
        return new Scan(List.copyOf(tasks), new ExportForecast(rise), Map.copyOf(counts));
    }

    private static Task task(ExportDemand export, int share, Units need, Sizing sizing) {
        return new Task(
                export.share(share),
                export.group(),
                need,
                export.exclusive(),
                export.pins(),
                export.labels(),
                sizing);
    }

    private static Sizing sizing(ShareCount count, int share) {
        if (share >= count.target()) {
            return Sizing.MERGING;
        }
        boolean split = count.previous() > 0 && count.count() > count.previous();
        return split ? Sizing.SPLITTING : Sizing.STEADY;
    }
}
