package io.penstock.exporter.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what it is given, after a delay, or not at all while its gate is shut. Any thread. */
final class GatedSink implements SinkFactory<GatedSink.Nothing> {
    /** No keys. */
    record Nothing() {}

    private final Queue<JsonObject> records = new ConcurrentLinkedQueue<>();
    private volatile boolean shut;
    private volatile long delayMs;

    void shut(boolean now) {
        shut = now;
    }

    void delay(long ms) {
        delayMs = ms;
    }

    List<JsonObject> records() {
        return List.copyOf(records);
    }

    @Override
    public String type() {
        return "gated";
    }

    @Override
    public Class<Nothing> configType() {
        return Nothing.class;
    }

    @Override
    public Capabilities capabilities(Nothing config) {
        return new Capabilities(false, false, false);
    }

    @Override
    public Sink create(Nothing config, SinkContext context) {
        return new Sink() {
            @Override
            public Future<Outcome> deliver(Delivery delivery) {
                return GatedSink.this.deliver(delivery, context.vertx());
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }

    private Future<Outcome> deliver(Delivery delivery, Vertx vertx) {
        if (shut) {
            return Future.succeededFuture(new Outcome.Retry(20, "shut", Outcome.Cause.BUSY));
        }
        WriteBuffer lines = new WriteBuffer(1024);
        delivery.read(new NdjsonWriter(lines));
        new String(lines.array(), 0, lines.length(), UTF_8)
                .lines()
                .map(JsonObject::new)
                .forEach(records::add);
        Promise<Outcome> answer = Promise.promise();
        if (delayMs == 0) {
            answer.complete(Outcome.DELIVERED);
        } else {
            vertx.setTimer(delayMs, id -> answer.complete(Outcome.DELIVERED));
        }
        return answer.future();
    }
}
