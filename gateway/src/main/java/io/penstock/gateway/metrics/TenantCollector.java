package io.penstock.gateway.metrics;

import io.penstock.gateway.catalog.Metric;
import io.penstock.gateway.catalog.RepoMetric;
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
        each(page, RepoMetric.TENANT_REQUESTS, rows, TenantStats.Used::acceptedRequests);
        each(page, RepoMetric.TENANT_BYTES, rows, TenantStats.Used::acceptedBytes);
        page.family(RepoMetric.TENANT_REFUSALS);
        for (TenantStats row : rows) {
            row.refused()
                    .forEach(
                            (cause, count) ->
                                    page.sample(
                                            RepoMetric.TENANT_REFUSALS,
                                            count,
                                            row.rule().name(),
                                            cause.word()));
        }
        each(page, RepoMetric.TENANT_IN_FLIGHT, rows, TenantStats.Used::inFlight);
        each(page, RepoMetric.TENANT_CONNECTIONS, rows, TenantStats.Used::connections);
        each(page, RepoMetric.TENANT_GATHERED, rows, TenantStats.Used::gatheredBytes);
        each(page, RepoMetric.TENANT_STAGED, rows, TenantStats.Used::stagedBytes);
        each(page, RepoMetric.TENANT_DISK, rows, TenantStats.Used::diskBytes);
        each(page, RepoMetric.TENANT_REPOS, rows, TenantStats.Used::repos);
        each(page, RepoMetric.TENANT_DELIVERIES, rows, TenantStats.Used::deliveries);
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
