package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.Pressure;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one sink over one cursor. A sink that cannot be made is tried again with the back-off of
 * failures; the cursor keeps its place meanwhile.
 *
 * <p>Threading: commands from any thread, they hop to the verticle's context.
 */
final class SinkVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SinkVerticle.class);

    private final ExportParts parts;
    private final ExportMeter meter = new ExportMeter();
    private final Pressure pressure;
    private final Promise<Void> made = Promise.promise();
    private @Nullable Dispatcher dispatcher;
    private @Nullable Sink sink;
    private int attempts;
    private boolean paused;
    private boolean stopped;
    private volatile @Nullable Context home;

    SinkVerticle(ExportParts parts) {
        this.parts = parts;
        BatchLimits batch = parts.spec().batch();
        pressure =
                new Pressure(
                        new Pressure.Bounds(
                                parts.export().leastConcurrency(),
                                parts.export().concurrency(),
                                batch.maxBytes(),
                                batch.maxRecords()),
                        parts.spec().pressure(),
                        parts.placement().rate(parts.subject(), parts.spec().rate(), parts.nowNs()),
                        parts::retryDelayMs,
                        new LimitLog(parts));
    }

    @Override
    public Future<?> start() {
        home = context;
        createSink();
        return Future.succeededFuture();
    }

    private void createSink() {
        if (stopped) {
            return;
        }
        Sink fitting;
        try {
            BoundSink<?> real = parts.export().sink();
            fitting = parts.placement().place(parts.surroundings(), real.keeps(), real::create);
        } catch (Exception | LinkageError e) {
            LOG.warn("sink of export {} cannot be made", parts.subject(), e);
            meter.failed("the sink cannot be made: " + e.getMessage());
            meter.state(ExportState.BACKING_OFF);
            made.tryFail(e);
            long delayMs = parts.retryDelayMs(++attempts);
            vertx.setTimer(Math.max(1, delayMs), id -> createSink());
            return;
        }
        sink = fitting;
        meter.state(ExportState.RUNNING);
        Dispatcher fresh = new Dispatcher(parts, context, fitting, meter, pressure);
        dispatcher = fresh;
        parts.cursor().onWake(() -> context.runOnContext(v -> fresh.pump()));
        fresh.pause(paused);
        fresh.pump();
        made.tryComplete();
    }

    /** Completes when the sink was made at the first try, and fails with the reason when not. */
    Future<Void> made() {
        return made.future();
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        Dispatcher last = dispatcher;
        Sink open = sink;
        if (last == null || open == null) {
            meter.state(ExportState.STOPPED);
            return Future.succeededFuture();
        }
        return within(parts.patience().landMs(), last.land())
                .eventually(
                        () -> {
                            last.close();
                            return within(parts.patience().closeMs(), open.close());
                        })
                .recover(
                        e -> {
                            LOG.warn(
                                    "export {} did not stop in time; what is open is offered again",
                                    parts.subject(),
                                    e);
                            return Future.succeededFuture();
                        });
    }

    /** The same future, failed when it takes too long. */
    private Future<Void> within(long limitMs, Future<Void> future) {
        Promise<Void> promise = Promise.promise();
        long timer =
                vertx.setTimer(
                        limitMs, id -> promise.tryFail("not done within " + limitMs + " ms"));
        future.onComplete(
                done -> {
                    vertx.cancelTimer(timer);
                    if (done.succeeded()) {
                        promise.tryComplete();
                    } else {
                        promise.tryFail(done.cause());
                    }
                });
        return promise.future();
    }

    ExportMeter meter() {
        return meter;
    }

    Pressure pressure() {
        return pressure;
    }

    ExportParts parts() {
        return parts;
    }

    void pause(boolean now) {
        run(
                d -> d.pause(now),
                () -> {
                    paused = now;
                    meter.state(now ? ExportState.PAUSED : ExportState.BACKING_OFF);
                });
    }

    void release(long releaseTo) {
        run(d -> d.release(releaseTo), () -> {});
    }

    Future<Outcome> replay(DeadLetter letter) {
        Promise<Outcome> outcome = Promise.promise();
        run(
                d -> d.replay(letter).onComplete(outcome),
                () ->
                        outcome.complete(
                                new Outcome.Retry(
                                        Outcome.Retry.BACK_OFF, "the export does not run")));
        return outcome.future();
    }

    private void run(Consumer<Dispatcher> task, Runnable without) {
        Context here = home;
        if (here == null) {
            without.run();
            return;
        }
        here.runOnContext(
                v -> {
                    Dispatcher now = dispatcher;
                    if (now == null) {
                        without.run();
                    } else {
                        task.accept(now);
                    }
                });
    }
}
