package io.penstock.gateway.metrics;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.fanout.FanOut;
import java.util.List;
import java.util.function.ToLongFunction;

/** Reads the running exports. Threading: any thread. */
public final class ExportCollector implements Collector {
    private final FanOut fanOut;

    /** Reads these. */
    public ExportCollector(FanOut fanOut) {
        this.fanOut = fanOut;
    }

    @Override
    public void collect(PrometheusText page) {
        List<ExportStats> all = fanOut.stats();
        List<ExportStats> shown = all.subList(0, Math.min(StageCollector.MAX_REPOS, all.size()));
        each(page, Metric.EXPORT_STATE, shown, stats -> stats.state().code());
        each(page, Metric.EXPORT_DELIVERED, shown, ExportStats::deliveredRecords);
        each(page, Metric.EXPORT_DEAD, shown, ExportStats::deadLetteredRecords);
        each(page, Metric.EXPORT_DROPPED, shown, ExportStats::droppedRecords);
        each(page, Metric.EXPORT_LAG_RECORDS, shown, ExportStats::lagRecords);
        each(page, Metric.EXPORT_LAG, shown, ExportStats::lagBytes);
        each(page, Metric.EXPORT_PARKED, shown, ExportStats::parkedBytes);
        page.family(Metric.EXPORT_AGE);
        shown.forEach(
                stats ->
                        page.sample(
                                Metric.EXPORT_AGE,
                                stats.oldestAgeMs() / 1e3,
                                stats.repo().value(),
                                stats.export()));
        each(page, Metric.EXPORT_IN_FLIGHT, shown, ExportStats::inFlight);
        each(page, Metric.EXPORT_DELIVERIES, shown, ExportStats::deliveries);
        each(page, Metric.EXPORT_DELIVERED_BYTES, shown, ExportStats::deliveredBytes);
        each(page, Metric.EXPORT_ATTEMPTS, shown, ExportStats::attempts);
        each(page, Metric.EXPORT_FAILURES, shown, ExportStats::failures);
        pressure(page, shown);
    }

    private static void pressure(PrometheusText page, List<ExportStats> shown) {
        each(page, Metric.EXPORT_CONCURRENCY, shown, s -> s.pressure().concurrencyLimit());
        each(page, Metric.EXPORT_BATCH_LIMIT, shown, s -> s.pressure().batchLimitBytes());
        page.family(Metric.EXPORT_LIMIT_CHANGES);
        for (ExportStats stats : shown) {
            stats.pressure()
                    .changes()
                    .forEach(
                            (signal, count) ->
                                    page.sample(
                                            Metric.EXPORT_LIMIT_CHANGES,
                                            count,
                                            stats.repo().value(),
                                            stats.export(),
                                            signal.word()));
        }
        page.family(Metric.EXPORT_RATE_HELD);
        for (ExportStats stats : shown) {
            page.sample(
                    Metric.EXPORT_RATE_HELD,
                    stats.pressure().rateHeldMs() / 1e3,
                    stats.repo().value(),
                    stats.export());
        }
    }

    private static void each(
            PrometheusText page,
            Metric metric,
            List<ExportStats> rows,
            ToLongFunction<ExportStats> value) {
        page.family(metric);
        for (ExportStats row : rows) {
            page.sample(metric, value.applyAsLong(row), row.repo().value(), row.export());
        }
    }
}
