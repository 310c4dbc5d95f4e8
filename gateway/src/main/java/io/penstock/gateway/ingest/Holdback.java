package io.penstock.gateway.ingest;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Keeps back the answer to a request for which there is no room, until it may come again or {@link
 * #MAX_MS} have gone by. One that heeds refusals would have waited as long; one that does not, and
 * sends the next request with the answer to the last, costs a few requests a second for each that
 * it may have under way, and not as many as it can send. (Kafka's brokers enforce quotas in the
 * same way: KIP-13.)
 *
 * <p>Meanwhile HTTP/1.1 is not read; of HTTP/2, where a connection may carry others' requests, the
 * rest of the body is dropped.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
public final class Holdback extends OpenCall {
    /** Longest time for which an answer is kept back. */
    public static final long MAX_MS = 250;

    private final Lane lane;
    private final long untilMs;
    private final Runnable answer;

    private Holdback(Lane lane, long untilMs, Runnable answer) {
        this.lane = lane;
        this.untilMs = untilMs;
        this.answer = answer;
    }

    /** Answers now or in a moment; never when the client has gone by then. */
    public static void answer(Lane lane, HttpServerRequest request, Fault fault, Runnable answer) {
        long holdMs = fault.kind() == FaultKind.FULL ? Math.min(fault.retryAfterMs(), MAX_MS) : 0;
        if (holdMs <= 0) {
            answer.run();
            return;
        }
        Holdback held = new Holdback(lane, lane.nowMs() + holdMs, answer);
        lane.begin(held);
        request.response().closeHandler(gone -> lane.end(held));
        request.response().exceptionHandler(gone -> lane.end(held));
        if (request.version() == HttpVersion.HTTP_2) {
            if (!request.isEnded()) {
                request.handler(dropped -> {});
                request.endHandler(end -> {});
                request.resume();
            }
        } else {
            request.pause();
        }
    }

    @Override
    protected void tick(long nowMs) {
        if (nowMs >= untilMs) {
            lane.end(this);
            answer.run();
        }
    }
}
