package io.penstock.gateway.boot;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a life, taken in order and undone in the reverse order, each with a deadline.
 *
 * <p>Threading: any thread.
 */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    private final Vertx vertx;

    // Guarded by this.
    private final Deque<Step> taken = new ArrayDeque<>();
    private boolean stopping;

    /**
     * One step.
     *
     * @param name for messages
     * @param start takes it
     * @param stop undoes it; called only when {@code start} was called
     */
    record Step(String name, Supplier<Future<?>> start, Supplier<Future<?>> stop) {}

    Steps(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Takes all steps; fails with the first that fails or is late, the others are not taken. */
    Future<Void> start(List<Step> steps, long deadlineMs) {
        long endNs = System.nanoTime() + deadlineMs * 1_000_000;
        Future<Void> chain = Future.succeededFuture();
        for (Step step : steps) {
            chain = chain.compose(before -> take(step, endNs));
        }
        return chain;
    }

    private Future<Void> take(Step step, long endNs) {
        synchronized (this) {
            if (stopping) {
                return Future.failedFuture(new StartException("the node is being stopped"));
            }
            taken.push(step);
        }
        LOG.debug("start: {}", step.name());
        return within(step.name(), guarded(step.start()), endNs);
    }

    /**
     * Undoes what was taken, in the reverse order. A step that fails or is late is logged and left
     * behind; the future does not fail.
     *
     * @return whether every step ended well
     */
    Future<Boolean> stop(long deadlineMs) {
        long endNs = System.nanoTime() + deadlineMs * 1_000_000;
        Future<Boolean> chain = Future.succeededFuture(true);
        for (Step step : takenBackwards()) {
            chain = chain.compose(well -> undo(step, endNs).map(ended -> well && ended));
        }
        return chain;
    }

    private synchronized List<Step> takenBackwards() {
        stopping = true;
        List<Step> backwards = List.copyOf(taken);
        taken.clear();
        return backwards;
    }

    private Future<Boolean> undo(Step step, long endNs) {
        LOG.debug("stop: {}", step.name());
        return within(step.name(), guarded(step.stop()), Math.max(endNs, soonestNs()))
                .map(true)
                .otherwise(
                        failure -> {
                            LOG.warn("stop: {}", failure.getMessage());
                            return false;
                        });
    }

    /** Even when the deadline has passed, every step gets a moment: most need no more. */
    private static long soonestNs() {
        return System.nanoTime() + 500_000_000;
    }

    private static Future<?> guarded(Supplier<Future<?>> action) {
        try {
            return action.get();
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private Future<Void> within(String name, Future<?> action, long endNs) {
        Promise<Void> done = Promise.promise();
        long leftMs = Math.max(1, (endNs - System.nanoTime()) / 1_000_000);
        long timer =
                vertx.setTimer(
                        leftMs,
                        late ->
                                done.tryFail(
                                        new StartException(
                                                name
                                                        + " did not end in time ("
                                                        + leftMs
                                                        + " ms)")));
        action.onComplete(
                result -> {
                    vertx.cancelTimer(timer);
                    if (result.succeeded()) {
                        done.tryComplete();
                    } else {
                        done.tryFail(result.cause());
                    }
                });
        return done.future();
    }
}
