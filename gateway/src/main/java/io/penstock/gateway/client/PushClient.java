package io.penstock.gateway.client;

import io.vertx.core.Future;

/** Sends single batches. Threading: any thread; answers come on an event loop. */
public interface PushClient {
    /** Sends a batch. The future does not fail: what goes wrong is an answer. */
    Future<PushAnswer> push(PushCall call);

    /** Closes the connections. */
    Future<Void> close();
}
