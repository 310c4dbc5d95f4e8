package io.penstock.exporter.relay;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes, as far as deliveries can be handed to them.
 *
 * <p>Threading: any thread; never blocks.
 */
public interface Peers {
    /**
     * A node other than this one that runs an export; null if none is known to.
     *
     * @param key of several owners, the same key has the same one as long as they are the same: a
     *     delivery that is offered again goes to the node that may know it
     */
    @Nullable Peer owner(ExportName export, long key);

    /**
     * Hands a delivery to a node. It is read before this returns, on the thread that calls.
     *
     * @return what became of it; never fails, and completes on any thread. Who cannot be reached,
     *     or is the owner no more, is a {@link Outcome.Retry} with the cause {@code AWAY}
     */
    Future<Outcome> deliver(Peer peer, Delivery delivery);
}
