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

    /** Whether it is not asked who sends a request, because it does nothing to records. */
    default boolean isForAll(HttpServerRequest request) {
        return false;
    }

    /** Answers a request with a fault instead, in the words of the protocol. */
    default void turnAway(Lane lane, HttpServerRequest request, Fault fault) {
        boolean known = fault.kind() != FaultKind.UNAUTHENTICATED;
        if (!known) {
            request.response().putHeader(WWW_AUTHENTICATE, CHALLENGE);
        }
        lane.node().http().fault(fault.kind());
        request.response().setStatusCode(known ? 403 : 401).end(fault.message());
        Discard.rest(lane, request);
    }

    /** The header that says so. */
    String WWW_AUTHENTICATE = "WWW-Authenticate";

    /** What is wanted where nothing says who asks; RFC 6750, section 3. */
    String CHALLENGE = "Bearer realm=\"penstock\"";
}
