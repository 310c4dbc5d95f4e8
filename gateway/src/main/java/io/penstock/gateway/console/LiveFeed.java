package io.penstock.gateway.console;

import io.penstock.gateway.admin.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who listens to what the node does. Threading: any thread. */
final class LiveFeed {
    /** More are refused with 503. */
    static final int MAX_LISTENERS = 32;

    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<EventStream, Boolean> listeners = new ConcurrentHashMap<>();
    private volatile @Nullable Buffer newest;

    LiveFeed(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Lets one more listen; the newest snapshot is sent at once if there is one. */
    Optional<Answer> listen(HttpServerRequest request) {
        if (EventStream.isHead(request)) {
            return Optional.empty();
        }
        if (count.incrementAndGet() > MAX_LISTENERS) {
            count.decrementAndGet();
            return Optional.of(
                    Answer.error(UNAVAILABLE, MAX_LISTENERS + " listen already; close a page"));
        }
        EventStream[] self = new EventStream[1];
        EventStream stream = EventStream.begin(vertx, request, () -> left(self[0]));
        self[0] = stream;
        listeners.put(stream, true);
        Buffer event = newest;
        if (event != null) {
            stream.send(event);
        }
        return Optional.empty();
    }

    private void left(EventStream stream) {
        listeners.remove(stream);
        if (count.decrementAndGet() == 0) {
            newest = null; // it would be old when the next one comes
        }
    }

    boolean isHeard() {
        return count.get() > 0;
    }

    /** One snapshot for all. */
    void send(Buffer data) {
        Buffer event = EventStream.event(data);
        newest = event;
        listeners.keySet().forEach(listener -> listener.send(event));
    }

    void close() {
        listeners.keySet().forEach(EventStream::end);
    }
}
