package io.penstock.gateway.metrics.export;

import io.penstock.exporter.stage.Intake;
import io.penstock.gateway.catalog.NodeMetric;
import io.penstock.gateway.metrics.Collector;
import io.penstock.gateway.metrics.MetricsPage;
import io.penstock.gateway.metrics.PrometheusText;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what {@code /metrics} would say to a repo of this node, every so often, if the
 * configuration says so; and counts what became of it.
 *
 * <p>Threading: any thread; rounds are confined to one event loop.
 */
public final class OwnMetrics implements Collector {
    private static final Logger LOG = LoggerFactory.getLogger(OwnMetrics.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final String node;
    private final MetricsConfig.Export config;
    private final Function<Context, Intake> intakes;

    private final AtomicLong staged = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private volatile MetricsPage page = new MetricsPage(List.of());
    private volatile @Nullable Context context;

    // Confined to the event loop of the context.
    private long timer = -1;
    private boolean reading;
    private int pending;
    private boolean refused;
    private @Nullable Promise<Void> closing;

    /**
     * Own metrics of a node that has not started.
     *
     * @param node its name, a field of every record
     * @param intakes makes the intake of an event loop
     */
    public OwnMetrics(
            Vertx vertx, String node, MetricsConfig config, Function<Context, Intake> intakes) {
        this.vertx = vertx;
        this.node = node;
        this.config = config.export();
        this.intakes = intakes;
    }

    /** Reads this page, on which its own counts may stand; to be said before {@link #start}. */
    public void reads(MetricsPage read) {
        page = read;
    }

    @Override
    public void collect(PrometheusText text) {
        text.single(NodeMetric.OWN_RECORDS, staged.get());
        text.single(NodeMetric.OWN_LOST, lost.get());
        text.single(NodeMetric.OWN_SKIPPED, skipped.get());
    }

    /** Begins, if it is switched on; the first round comes after the first interval. */
    public Future<Void> start() {
        if (!config.enabled()) {
            return Future.succeededFuture();
        }
        Context mine = vertx.getOrCreateContext();
        context = mine;
        Promise<Void> begun = Promise.promise();
        mine.runOnContext(
                v -> {
                    Intake intake = intakes.apply(mine);
                    timer = vertx.setPeriodic(config.intervalMs(), id -> round(intake));
                    begun.complete();
                });
        return begun.future();
    }

    private void round(Intake intake) {
        if (reading || pending > 0) {
            skipped.incrementAndGet();
            return;
        }
        reading = true;
        long nowMs = System.currentTimeMillis();
        OwnBatches batches = new OwnBatches(node, nowMs * NANOS_PER_MILLI);
        vertx.executeBlocking(
                        () -> {
                            page.read(batches);
                            return batches.build();
                        },
                        false)
                .onFailure(failed -> LOG.warn("own metrics: a round failed", failed))
                .onSuccess(
                        made -> {
                            lost.addAndGet(batches.leftOut());
                            pending = made.size();
                            made.forEach(batch -> offer(intake, batch, nowMs));
                        })
                .onComplete(
                        over -> {
                            reading = false;
                            ended();
                        });
    }

    private void offer(Intake intake, OwnBatch batch, long nowMs) {
        intake.offer(
                new OwnOffer(config.repo(), batch, nowMs, refusal -> answered(batch, refusal)));
    }

    private void answered(OwnBatch batch, String refusal) {
        boolean taken = refusal.isEmpty();
        (taken ? staged : lost).addAndGet(batch.records());
        if (!taken && !refused) {
            LOG.warn("own metrics are lost: repo {}: {}", config.repo(), refusal);
        }
        refused = !taken;
        pending--;
        ended();
    }

    private void ended() {
        Promise<Void> waiting = closing;
        if (waiting != null && !reading && pending == 0) {
            waiting.tryComplete();
        }
    }

    /** Ends with the round that is under way. Safe without {@link #start}, and twice. */
    public Future<Void> close() {
        Context mine = context;
        if (mine == null) {
            return Future.succeededFuture();
        }
        Promise<Void> over = Promise.promise();
        mine.runOnContext(
                v -> {
                    vertx.cancelTimer(timer);
                    Promise<Void> waiting = closing == null ? Promise.promise() : closing;
                    closing = waiting;
                    waiting.future().onComplete(over);
                    ended();
                });
        return over.future();
    }
}
