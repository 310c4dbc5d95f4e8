package io.penstock.gateway.metrics;

import io.penstock.exporter.ring.RingStats;
import io.penstock.exporter.stage.IntakeCounters;
import io.penstock.exporter.stage.RefusalKind;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.exporter.stage.StageState;
import io.penstock.gateway.catalog.IngressMetric;
import io.penstock.gateway.catalog.Metric;
import io.penstock.gateway.catalog.RepoMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Reads intake and repos. Threading: any thread. */
public final class StageCollector implements Collector {
    /** Open repos on one page; more would make it too large to scrape. */
    public static final int MAX_REPOS = 1000;

    private final StageRegistry registry;

    /** Reads this registry. */
    public StageCollector(StageRegistry registry) {
        this.registry = registry;
    }

    /** One open repo at the moment of the page. */
    private record Row(String repo, RingStats stats) {}

    @Override
    public void collect(PrometheusText page) {
        intake(page, registry.counters());
        page.single(RepoMetric.STAGED_BYTES, registry.stagedBytesUsed());
        page.single(RepoMetric.SYNC_ROUNDS, registry.syncRounds());
        List<Stage> stages = new ArrayList<>(registry.stages());
        page.single(RepoMetric.REPOS_KNOWN, registry.knownRepos());
        page.single(RepoMetric.REPOS_OPEN, stages.size());
        page.single(RepoMetric.REPOS_LEFT_OUT, Math.max(0, stages.size() - MAX_REPOS));
        List<Stage> shown = stages.subList(0, Math.min(MAX_REPOS, stages.size()));
        page.family(RepoMetric.STATE);
        shown.forEach(s -> page.sample(RepoMetric.STATE, s.state().code(), s.repo().value()));
        List<Row> rows = rows(shown);
        perRepo(page, RepoMetric.ACCEPTED, rows, RingStats::acceptedRecords);
        perRepo(page, RepoMetric.DISK, rows, RingStats::diskBytes);
        perRepo(page, RepoMetric.SEGMENTS, rows, RingStats::segments);
        perRepo(page, RepoMetric.QUARANTINED, rows, RingStats::quarantinedEntries);
    }

    private static void intake(PrometheusText page, IntakeCounters counters) {
        page.single(IngressMetric.INTAKE_BATCHES, counters.batches());
        page.single(IngressMetric.INTAKE_RECORDS, counters.records());
        page.single(IngressMetric.INTAKE_BYTES, counters.bytes());
        page.single(IngressMetric.INTAKE_APPENDS, counters.appends());
        page.single(IngressMetric.INTAKE_DUPLICATES, counters.duplicates());
        page.family(IngressMetric.INTAKE_REFUSALS);
        for (RefusalKind kind : RefusalKind.values()) {
            String reason = kind.name().toLowerCase(Locale.ROOT);
            page.sample(IngressMetric.INTAKE_REFUSALS, counters.refusals(kind), reason);
        }
    }

    private static List<Row> rows(List<Stage> stages) {
        List<Row> rows = new ArrayList<>();
        for (Stage stage : stages) {
            if (stage.state() == StageState.ACTIVE) {
                rows.add(new Row(stage.repo().value(), stage.ring().stats()));
            }
        }
        return rows;
    }

    private static void perRepo(
            PrometheusText page, Metric metric, List<Row> rows, ToLongFunction<RingStats> value) {
        page.family(metric);
        rows.forEach(row -> page.sample(metric, value.applyAsLong(row.stats()), row.repo()));
    }
}
