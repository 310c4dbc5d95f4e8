package io.penstock.gateway.metrics;

import io.penstock.exporter.sink.object.ObjectSinkStats;
import io.penstock.exporter.sink.object.ObjectSinks;
import io.penstock.gateway.catalog.ExportMetric;
import io.penstock.gateway.catalog.Metric;
import java.util.List;
import java.util.function.ToLongFunction;

/** Reads the object sinks and their encodes. Threading: any thread. */
public final class ObjectSinkCollector implements Collector {

    @Override
    public void collect(PrometheusText page) {
        List<ObjectSinkStats> all = ObjectSinks.stats();
        List<ObjectSinkStats> shown =
                all.subList(0, Math.min(StageCollector.MAX_REPOS, all.size()));
        each(page, ExportMetric.OBJECT_OPEN_WINDOWS, shown, ObjectSinkStats::openWindows);
        each(page, ExportMetric.OBJECT_SEALED_WINDOWS, shown, ObjectSinkStats::sealedWindows);
        each(page, ExportMetric.OBJECT_STAGED_BYTES, shown, ObjectSinkStats::stagedBytes);
        each(page, ExportMetric.OBJECT_PUBLISHED_FILES, shown, ObjectSinkStats::publishedFiles);
        each(page, ExportMetric.OBJECT_PUBLISHED_BYTES, shown, ObjectSinkStats::publishedBytes);
        each(page, ExportMetric.OBJECT_FAILURES, shown, ObjectSinkStats::failures);
        page.single(ExportMetric.ENCODES_RUNNING, ObjectSinks.encodesRunning());
        page.single(ExportMetric.ENCODES_WAITING, ObjectSinks.encodesWaiting());
    }

    private static void each(
            PrometheusText page,
            Metric metric,
            List<ObjectSinkStats> rows,
            ToLongFunction<ObjectSinkStats> value) {
        page.family(metric);
        for (ObjectSinkStats row : rows) {
            page.sample(metric, value.applyAsLong(row), row.repo().value(), row.export());
        }
    }
}
