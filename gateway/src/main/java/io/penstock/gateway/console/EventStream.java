package io.penstock.gateway.console;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events to one reader (HTML Living Standard, section 9.2). While its connection takes
 * no more, the newest event waits and replaces the one that waited before.
 *
 * <p>Threading: {@link #send} from any thread; made on the connection's event loop.
 */
final class EventStream {
    /** Bytes under way to a reader beyond which events wait. */
    private static final int QUEUE_BYTES = 256 << 10;

    private final HttpServerResponse response;
    private final Context context;

    // Owner: the context
    private @Nullable Buffer waiting;
    private boolean over;

    private EventStream(HttpServerResponse response, Context context) {
        this.response = response;
        this.context = context;
    }

    /**
     * Begins the answer.
     *
     * @param onEnd called once, when the reader has gone
     */
    static EventStream begin(Vertx vertx, HttpServerRequest request, Runnable onEnd) {
        HttpServerResponse response = request.response();
        EventStream stream = new EventStream(response, vertx.getOrCreateContext());
        headers(response);
        response.setChunked(true).setWriteQueueMaxSize(QUEUE_BYTES);
        response.exceptionHandler(broken -> stream.over = true)
                .closeHandler(
                        closed -> {
                            stream.over = true;
                            onEnd.run();
                        })
                .drainHandler(drained -> stream.flush());
        response.write(":\n\n"); // the reader hears at once that it was let in
        return stream;
    }

    /** Whether the request asks for the headers alone, which then is answered here. */
    static boolean isHead(HttpServerRequest request) {
        boolean isHead = HttpMethod.HEAD.equals(request.method());
        if (isHead) {
            headers(request.response());
            request.response().end();
        }
        return isHead;
    }

    private static void headers(HttpServerResponse response) {
        // not compressed: a compressor would hold events back, and keep a window per reader
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    /** One event of data that has no line ends. */
    static Buffer event(Buffer data) {
        return Buffer.buffer(data.length() + 16)
                .appendString("data: ")
                .appendBuffer(data)
                .appendString("\n\n");
    }

    /** A line that readers pass over: it keeps the connection from being idle. */
    static Buffer heartbeat() {
        return Buffer.buffer(":\n\n");
    }

    /** Sends, or keeps until the reader can take it, unless a newer one comes first. */
    void send(Buffer event) {
        context.runOnContext(
                now -> {
                    waiting = event;
                    flush();
                });
    }

    private void flush() {
        Buffer event = waiting;
        if (event == null || over || response.closed() || response.writeQueueFull()) {
            return;
        }
        waiting = null;
        response.write(event);
    }

    /** Ends the answer. */
    void end() {
        context.runOnContext(
                now -> {
                    if (!over && !response.ended()) {
                        over = true;
                        response.end();
                    }
                });
    }
}
