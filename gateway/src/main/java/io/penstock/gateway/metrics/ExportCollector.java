package io.penstock.gateway.metrics;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.gateway.catalog.ExportMetric;
import io.penstock.gateway.catalog.Metric;
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
        each(page, ExportMetric.STATE, shown, stats -> stats.state().code());
        each(page, ExportMetric.DELIVERED, shown, ExportStats::deliveredRecords);
        each(page, ExportMetric.DEAD, shown, ExportStats::deadLetteredRecords);
        each(page, ExportMetric.DROPPED, shown, ExportStats::droppedRecords);
        each(page, ExportMetric.LAG_RECORDS, shown, ExportStats::lagRecords);
        each(page, ExportMetric.LAG, shown, ExportStats::lagBytes);
        each(page, ExportMetric.PARKED, shown, ExportStats::parkedBytes);
        page.family(ExportMetric.AGE);
        shown.forEach(
                stats ->
                        page.sample(
                                ExportMetric.AGE,
                                stats.oldestAgeMs() / 1e3,
                                stats.repo().value(),
                                stats.export()));
        each(page, ExportMetric.IN_FLIGHT, shown, ExportStats::inFlight);
        each(page, ExportMetric.DELIVERIES, shown, ExportStats::deliveries);
        each(page, ExportMetric.DELIVERED_BYTES, shown, ExportStats::deliveredBytes);
        each(page, ExportMetric.ATTEMPTS, shown, ExportStats::attempts);
        each(page, ExportMetric.FAILURES, shown, ExportStats::failures);
        pressure(page, shown);
    }

    private static void pressure(PrometheusText page, List<ExportStats> shown) {
        each(page, ExportMetric.CONCURRENCY, shown, s -> s.pressure().concurrencyLimit());
        each(page, ExportMetric.BATCH_LIMIT, shown, s -> s.pressure().batchLimitBytes());
        page.family(ExportMetric.LIMIT_CHANGES);
        for (ExportStats stats : shown) {
            stats.pressure()
                    .changes()
                    .forEach(
                            (signal, count) ->
                                    page.sample(
                                            ExportMetric.LIMIT_CHANGES,
                                            count,
                                            stats.repo().value(),
                                            stats.export(),
                                            signal.word()));
        }
        page.family(ExportMetric.RATE_HELD);
        for (ExportStats stats : shown) {
            page.sample(
                    ExportMetric.RATE_HELD,
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
