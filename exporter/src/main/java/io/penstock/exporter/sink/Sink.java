package io.penstock.exporter.sink;

import io.vertx.core.Future;

/**
 * A plug-in that knows one target and nothing of retry, rate, dead letters, cursors or metrics.
 *
 * <p>Guarantees to the implementer:
 *
 * <ol>
 *   <li>{@link #deliver} is called on the context that created the sink (an event loop, or one
 *       worker at a time when {@link Capabilities#blocking} is set), never concurrently with
 *       itself;
 *   <li>at most {@code concurrency} futures are open at once; when {@link Capabilities#ordered} is
 *       set, at most one;
 *   <li>a delivery stays readable until its future completes, and not after;
 *   <li>after {@link #close} was called no delivery follows.
 * </ol>
 *
 * <p>Obligations of the implementer: the future completes always (fan-out adds a time-out as a last
 * resort, after which the delivery is offered again); it completes with an {@link Outcome} for
 * everything the target may answer, and fails only for a defect of the sink, which fan-out treats
 * as {@link Outcome.Retry}.
 */
public interface Sink {

    /** Sends one delivery to the target. See the type's contract. */
    Future<Outcome> deliver(Delivery delivery);

    /**
     * Flushes and lets go of the target. Safe to call twice. The future completes when every
     * resource is released; what was reported {@link Outcome.Delivered} before is durable at the
     * target then.
     */
    Future<Void> close();
}
