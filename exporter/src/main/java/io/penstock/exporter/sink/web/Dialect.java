package io.penstock.exporter.sink.web;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * How one kind of server is spoken to: which request a body makes, and what its answer means.
 *
 * <p>Threading: called on the sink's event loop.
 */
@FunctionalInterface
public interface Dialect {

    /**
     * Sends a body, by {@link WebClient#send}, or answers without.
     *
     * @param delivery just encoded; readable until the future completes
     * @param body packed
     */
    Future<Outcome> send(Delivery delivery, Buffer body);
}
