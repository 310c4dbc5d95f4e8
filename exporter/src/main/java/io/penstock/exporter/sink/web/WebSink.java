package io.penstock.exporter.sink.web;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A sink that makes one body of a delivery and has its dialect send it. Threading: confined to one
 * event loop.
 */
public final class WebSink implements Sink {

    private final WebClient client;
    private final RequestBody body;
    private final Dialect dialect;
    private @Nullable Future<Void> closing;

    /** A sink; it owns the client and the body, and closes them. */
    public WebSink(WebClient client, RequestBody body, Dialect dialect) {
        this.client = client;
        this.body = body;
        this.dialect = dialect;
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        if (closing != null) {
            return Future.succeededFuture(Outcome.CLOSED);
        }
        Buffer bytes;
        try {
            bytes = body.encode(delivery);
        } catch (MalformedBatchException malformed) {
            return Future.succeededFuture(
                    new Outcome.Rejected(String.valueOf(malformed.getMessage())));
        } catch (BodyTooLargeException tooLarge) {
            return Future.succeededFuture(
                    new Outcome.Rejected(String.valueOf(tooLarge.getMessage())));
        } catch (IOException impossible) {
            return Future.failedFuture(impossible);
        }
        return dialect.send(delivery, bytes);
    }

    @Override
    public Future<Void> close() {
        Future<Void> end = closing;
        if (end == null) {
            body.close();
            end = client.close();
            closing = end;
        }
        return end;
    }
}
