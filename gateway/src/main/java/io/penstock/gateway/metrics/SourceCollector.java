package io.penstock.gateway.metrics;

import io.penstock.exporter.source.SourceStats;
import io.penstock.gateway.catalog.Metric;
import io.penstock.gateway.catalog.RepoMetric;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Reads the sources. Threading: any thread. */
public final class SourceCollector implements Collector {
    private final Supplier<List<SourceStats>> sources;

    /** Reads these. */
    public SourceCollector(Supplier<List<SourceStats>> sources) {
        this.sources = sources;
    }

    @Override
    public void collect(PrometheusText page) {
        List<SourceStats> all = sources.get();
        each(page, RepoMetric.SOURCE_RECORDS, all, SourceStats::records);
        each(page, RepoMetric.SOURCE_BYTES, all, SourceStats::bytes);
        each(page, RepoMetric.SOURCE_REFUSALS, all, SourceStats::refusals);
        each(page, RepoMetric.SOURCE_LAG, all, SourceStats::lagRecords);
        each(page, RepoMetric.SOURCE_QUEUED, all, SourceStats::queuedBytes);
        each(page, RepoMetric.SOURCE_PARTITIONS, all, SourceStats::partitions);
        each(page, RepoMetric.SOURCE_PAUSED, all, SourceStats::paused);
        each(page, RepoMetric.SOURCE_TROUBLED, all, stats -> stats.trouble().isEmpty() ? 0 : 1);
    }

    private static void each(
            PrometheusText page,
            Metric metric,
            List<SourceStats> rows,
            ToLongFunction<SourceStats> value) {
        page.family(metric);
        for (SourceStats row : rows) {
            page.sample(metric, value.applyAsLong(row), row.repo().value(), row.name());
        }
    }
}
