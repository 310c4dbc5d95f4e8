package io.penstock.gateway.door;

import io.penstock.gateway.ingest.Fault;
import io.vertx.core.http.HttpServerRequest;

/** One request in the words of its protocol. */
public interface DoorRequest {

    /**
     * Takes the body apart. Called once, off the event loop.
     *
     * @param body an array in which the body lies from 0 on; it is the request's own
     * @param length bytes of the body
     */
    Reading read(byte[] body, int length);

    /** Tells what became of the parts; called on the event loop when all are settled. */
    void answer(HttpServerRequest request, Fates fates);

    /** Refuses the request as a whole, on the event loop; nothing of it was staged. */
    void refuse(HttpServerRequest request, Fault fault);
}
