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
import java.util.Set;

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
     * @param waits whether shares of sources must wait until others have ended
     */
    public record Scan(
            List<Task> tasks,
            NeedForecast forecast,
            Map<TaskKey, ShareCount> counts,
            boolean waits) {}

    /**
     * Scans exports.
     *
     * @param exports exports that shall run, each once
     * @param before counts of the last scan; empty at first
     */
    public static Scan scan(Collection<ExportDemand> exports, Map<TaskKey, ShareCount> before) {
        return scan(exports, before, Set.of());
    }

    /**
     * Scans exports and sources.
     *
     * @param exports those that shall run, each once
     * @param before counts of the last scan; empty at first
     * @param held tasks that may be running, or may begin to by what was said before
     */
    public static Scan scan(
            Collection<ExportDemand> exports, Map<TaskKey, ShareCount> before, Set<TaskKey> held) {
        SourceShares sources = new SourceShares(held);
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
            int count = export.isSource() ? SourceShares.count(is) : is.count();
            Units need = export.model().of(export.liveBytesPerS() / count);
            Units later = export.model().of(rate / count);
            if (!later.equals(need)) {
                rise.put(first, later.with(need, (more, less) -> Math.max(0, more - less)));
            }
            if (export.isSource()) {
                sources.of(export, is)
                        .forEach(share -> tasks.add(task(export, share, need, Sizing.STEADY)));
                continue;
            }
            for (int share = 0; share < is.count(); share++) {
                tasks.add(task(export, share, need, sizing(is, share)));
            }
        }
        return new Scan(
                List.copyOf(tasks), new ExportForecast(rise), Map.copyOf(counts), sources.waits());
    }

    /** How many tasks a source has of which such a share runs. */
    public static int sourceTasksWith(int share) {
        return SourceShares.countAt(share);
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
