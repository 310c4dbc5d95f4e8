package io.penstock.gateway.metrics;

import io.penstock.gateway.catalog.RepoMetric;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ledger cannot explain. To know it takes a walk over everything that is staged, so pages
 * show what the last walk found, and one that finds it old starts the next.
 *
 * <p>Threading: any thread; walks run on worker threads, one at a time.
 */
public final class LedgerCollector implements Collector {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerCollector.class);

    /** Age at which the next walk starts. */
    private static final long WALK_EVERY_MS = 600_000;

    private final Vertx vertx;
    private final Callable<Long> walk;
    private final AtomicBoolean walking = new AtomicBoolean();
    private volatile @Nullable Found found;

    private record Found(long residue, long timeMs) {}

    /**
     * Reads the ledger.
     *
     * @param walk records that it cannot explain; blocks
     */
    public LedgerCollector(Vertx vertx, Callable<Long> walk) {
        this.vertx = vertx;
        this.walk = walk;
    }

    @Override
    public void collect(PrometheusText page) {
        Found last = found;
        long nowMs = System.currentTimeMillis();
        boolean isOld = last == null || nowMs - last.timeMs() >= WALK_EVERY_MS;
        if (isOld && walking.compareAndSet(false, true)) {
            vertx.executeBlocking(() -> new Found(walk.call(), System.currentTimeMillis()), false)
                    .onSuccess(now -> found = now)
                    .onFailure(failed -> LOG.warn("metrics: the ledger was not read", failed))
                    .onComplete(over -> walking.set(false));
        }
        page.family(RepoMetric.LEDGER_RESIDUE);
        if (last != null) {
            page.sample(RepoMetric.LEDGER_RESIDUE, last.residue());
        }
        page.family(RepoMetric.LEDGER_TIME);
        if (last != null) {
            page.sample(RepoMetric.LEDGER_TIME, last.timeMs() / 1e3);
        }
    }
}
