package io.penstock.exporter.sink.http;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.body.BodyWriter;
import io.penstock.exporter.sink.body.ByteTarget;
import io.penstock.exporter.sink.body.Compressor;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sends each delivery as one request. Threading: confined to one event loop. */
final class HttpSink implements Sink {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final HttpClient client;
    private final RequestOptions request;
    private final long timeoutMs;
    private final SinkContext context;
    private final StatusRules rules;
    private final BodyWriter body;
    private final Compressor compressor;
    private int lastBodyBytes;
    private @Nullable Future<Void> closing;

    HttpSink(
            HttpSinkConfig config, SinkContext context, HttpClient client, RequestOptions request) {
        this.client = client;
        this.request = request;
        this.timeoutMs = config.timeoutMs();
        this.context = context;
        this.rules = new StatusRules(config.retryStatuses(), context.clock());
        this.body = config.format().writer(config.template());
        this.compressor = config.compression().compressor();
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        if (closing != null) {
            return Future.succeededFuture(
                    new Outcome.Retry(Outcome.Retry.BACK_OFF, "the sink is closed"));
        }
        Buffer bytes;
        try {
            bytes = encode(delivery);
        } catch (MalformedBatchException malformed) {
            return Future.succeededFuture(
                    new Outcome.Rejected(String.valueOf(malformed.getMessage())));
        } catch (IOException impossible) {
            return Future.failedFuture(impossible);
        }
        RequestOptions options =
                new RequestOptions(request).putHeader(IDEMPOTENCY_KEY, delivery.id().toString());
        return new Exchange(context.vertx(), rules).send(client, options, bytes, timeoutMs);
    }

    private Buffer encode(Delivery delivery) throws IOException {
        // Bodies of one export are of like size: the last one saves most of the growing.
        Buffer bytes = Buffer.buffer(lastBodyBytes + lastBodyBytes / 8);
        ByteTarget target = bytes::appendBytes;
        compressor.start(target);
        body.write(delivery, compressor);
        compressor.finish();
        lastBodyBytes = bytes.length();
        return bytes;
    }

    @Override
    public Future<Void> close() {
        Future<Void> end = closing;
        if (end == null) {
            compressor.close();
            end = client.close();
            closing = end;
        }
        return end;
    }
}
