package io.penstock.gateway.ingest;

import io.vertx.core.http.HttpServerRequest;

/**
 * A way to speak with clients over the data port; one per lane. Threading: confined to the event
 * loop of its lane.
 */
public interface Transport {
    /** Whether a request is for this transport; the first that says so gets it. */
    boolean takes(HttpServerRequest request);

    /** Answers a request, now or later. */
    void handle(HttpServerRequest request);
}
