package io.penstock.gateway.ingest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Reads on after an early answer and drops what comes, so that a client that is still sending hears
 * the answer and not a broken connection, and HTTP/1.1 connections live on; within bounds of bytes
 * and time, beyond which the stream is reset or the connection closed.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
public final class Discard extends OpenCall {
    /** One default stream window: what a client may have sent before it could know. */
    public static final int MAX_BYTES = 1 << 20;

    /** Time between the last byte taken and the close, in which a client can read its answer. */
    private static final long LINGER_MS = 1000;

    private static final long NO_ERROR = 0;

    private final Lane lane;
    private final HttpServerRequest request;
    private long untilMs;
    private long dropped;

    private Discard(Lane lane, HttpServerRequest request) {
        this.lane = lane;
        this.request = request;
        this.untilMs = lane.nowMs() + lane.node().config().bodyTimeoutMs();
    }

    /** Drops the rest of a request whose response has been ended. */
    public static void rest(Lane lane, HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        Discard discard = new Discard(lane, request);
        lane.begin(discard);
        request.handler(discard::drop);
        request.endHandler(end -> lane.end(discard));
        request.exceptionHandler(gone -> lane.end(discard));
        request.resume();
    }

    private void drop(Buffer bytes) {
        dropped += bytes.length();
        if (dropped <= MAX_BYTES) {
            return;
        }
        if (request.version() == HttpVersion.HTTP_2) {
            giveUp();
        } else {
            // To close a socket with unread bytes resets it, and the client may lose the answer.
            request.pause();
            untilMs = Math.min(untilMs, lane.nowMs() + LINGER_MS);
        }
    }

    @Override
    protected void tick(long nowMs) {
        if (nowMs > untilMs) {
            giveUp();
        }
    }

    private void giveUp() {
        lane.end(this);
        request.handler(null);
        if (request.version() == HttpVersion.HTTP_2) {
            // RFC 9113 section 8.1: after a complete answer NO_ERROR tells the client to stop.
            request.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }
}
