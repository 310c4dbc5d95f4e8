package io.penstock.gateway.metrics;

import io.penstock.gateway.tenant.TenantStats;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Reads the tenants, which are 1,000 at the most. Threading: any thread. */
public final class TenantCollector implements Collector {
    private final Supplier<List<TenantStats>> tenants;

    /** Reads these. */
    public TenantCollector(Supplier<List<TenantStats>> tenants) {
        this.tenants = tenants;
    }

    @Override
    public void collect(PrometheusText page) {
        List<TenantStats> rows = tenants.get();
        each(page, Metric.TENANT_REQUESTS, rows, TenantStats.Used::acceptedRequests);
        each(page, Metric.TENANT_BYTES, rows, TenantStats.Used::acceptedBytes);
        page.family(Metric.TENANT_REFUSALS);
        for (TenantStats row : rows) {
            row.refused()
                    .forEach(
                            (cause, count) ->
                                    page.sample(
                                            Metric.TENANT_REFUSALS,
                                            count,
                                            row.rule().name(),
                                            cause.word()));
        }
        each(page, Metric.TENANT_IN_FLIGHT, rows, TenantStats.Used::inFlight);
        each(page, Metric.TENANT_GATHERED, rows, TenantStats.Used::gatheredBytes);
        each(page, Metric.TENANT_STAGED, rows, TenantStats.Used::stagedBytes);
        each(page, Metric.TENANT_DISK, rows, TenantStats.Used::diskBytes);
        each(page, Metric.TENANT_REPOS, rows, TenantStats.Used::repos);
        each(page, Metric.TENANT_DELIVERIES, rows, TenantStats.Used::deliveries);
    }

    private static void each(
            PrometheusText page,
            Metric metric,
            List<TenantStats> rows,
            ToLongFunction<TenantStats.Used> value) {
        page.family(metric);
        for (TenantStats row : rows) {
            page.sample(metric, value.applyAsLong(row.used()), row.rule().name());
        }
    }
}
