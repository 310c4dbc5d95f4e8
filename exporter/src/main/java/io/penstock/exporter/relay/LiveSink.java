package io.penstock.exporter.relay;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real sink, from the moment this node may talk to its target until it may not: knows what is
 * under way, lets it land or takes it back, and closes.
 *
 * <p>Threading: confined to the sink's context; {@link #closed} completes anywhere.
 */
final class LiveSink {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSink.class);

    /** How long deliveries under way are waited for. */
    static final long LAND_MS = 5_000;

    /** How long a sink may take to close. */
    static final long CLOSE_MS = 30_000;

    /** No time-out of its own. */
    static final long NO_LIMIT = 0;

    private final Sink sink;
    private final ExportName export;
    private final Context context;
    private final Vertx vertx;
    private final Set<Open> open = new LinkedHashSet<>();
    private final Promise<Void> closed = Promise.promise();
    private boolean ends;
    private boolean closing;
    private long landTimer = -1;

    /** A delivery under way. */
    private static final class Open {
        private final Promise<Outcome> answer = Promise.promise();
        private long timer = -1;
    }

    LiveSink(Sink sink, ExportName export, Context context) {
        this.sink = sink;
        this.export = export;
        this.context = context;
        this.vertx = context.owner();
    }

    int underWay() {
        return open.size();
    }

    /**
     * Sends a delivery; never fails.
     *
     * @param limitMs after which it counts as not answered; {@link #NO_LIMIT} if whoever calls sees
     *     to that
     */
    Future<Outcome> deliver(Delivery delivery, long limitMs) {
        if (ends) {
            return Future.succeededFuture(Away.CHANGING);
        }
        Future<Outcome> answer = SinkCall.deliver(sink, delivery);
        if (answer.isComplete()) {
            return Future.succeededFuture(SinkCall.outcome(answer));
        }
        Open under = new Open();
        open.add(under);
        if (limitMs > 0) {
            under.timer = vertx.setTimer(limitMs, late -> landed(under, SinkCall.TIMED_OUT));
        }
        answer.onComplete(done -> onContext(() -> landed(under, SinkCall.outcome(answer))));
        return under.answer.future();
    }

    private void landed(Open under, Outcome outcome) {
        if (!open.remove(under)) {
            return;
        }
        vertx.cancelTimer(under.timer);
        under.answer.complete(outcome);
        if (ends && open.isEmpty()) {
            close();
        }
    }

    /** Begins nothing more; closes when what is under way has landed, or after a while anyhow. */
    Future<Void> land() {
        if (!ends) {
            ends = true;
            if (open.isEmpty()) {
                close();
            } else {
                landTimer = vertx.setTimer(LAND_MS, late -> cut());
            }
        }
        return closed.future();
    }

    /** {@link #cut}, which is not waited for, or {@link #land}. */
    Future<Void> end(boolean atOnce) {
        if (!atOnce) {
            return land();
        }
        cut();
        return Future.succeededFuture();
    }

    /** Takes back what is under way, and closes. */
    Future<Void> cut() {
        ends = true;
        for (Open under : List.copyOf(open)) {
            open.remove(under);
            vertx.cancelTimer(under.timer);
            under.answer.complete(Away.CUT);
        }
        close();
        return closed.future();
    }

    private void close() {
        if (closing) {
            return;
        }
        closing = true;
        vertx.cancelTimer(landTimer);
        long timer =
                vertx.setTimer(
                        CLOSE_MS, late -> ended(new IllegalStateException("it does not close")));
        closeSink()
                .onComplete(
                        done -> {
                            vertx.cancelTimer(timer);
                            ended(done.cause());
                        });
    }

    private Future<Void> closeSink() {
        try {
            return sink.close();
        } catch (RuntimeException | LinkageError defect) {
            return Future.failedFuture(defect);
        }
    }

    private void ended(@Nullable Throwable fault) {
        if (closed.tryComplete() && fault != null) {
            LOG.warn("a sink of export {} did not close well", export, fault);
        }
    }

    /** Completes when the sink has closed, well or not. */
    Future<Void> closed() {
        return closed.future();
    }

    private void onContext(Runnable task) {
        if (Vertx.currentContext() == context) {
            task.run();
        } else {
            context.runOnContext(v -> task.run());
        }
    }
}
