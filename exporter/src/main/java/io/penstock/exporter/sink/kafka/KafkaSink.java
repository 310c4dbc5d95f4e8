package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * Sends deliveries through one idempotent producer, several at once: at least once.
 *
 * <p>Threading: one worker at a time.
 */
final class KafkaSink implements Sink {
    /** Deliveries have landed before a sink is closed; what is left is given up after this. */
    static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final KafkaSinkConfig config;
    private final Context context;
    private final Cutter cutter;
    private final Producer<byte[], byte[]> producer;
    private boolean closed;

    KafkaSink(KafkaSinkConfig config, SinkContext surroundings, Producer<byte[], byte[]> producer) {
        this.config = config;
        this.context = surroundings.vertx().getOrCreateContext();
        this.cutter = config.format().cutter(config);
        this.producer = producer;
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        if (closed) {
            return Future.succeededFuture(
                    new Outcome.Retry(Outcome.Retry.BACK_OFF, "the sink is closed"));
        }
        Cut cut;
        try {
            cut = cutter.cut(delivery, RecordRanges.NONE, partitions(config, producer));
        } catch (MalformedBatchException malformed) {
            return Future.succeededFuture(
                    new Outcome.Rejected(String.valueOf(malformed.getMessage())));
        } catch (KafkaException unreachable) {
            return Future.succeededFuture(Faults.retry(unreachable));
        }
        Promise<Outcome> answer = Promise.promise();
        Sending[] sending = new Sending[1];
        sending[0] =
                new Sending(
                        cut,
                        delivery.records(),
                        () -> context.runOnContext(v -> answer.complete(sending[0].outcome())));
        sending[0].send(producer);
        return answer.future();
    }

    /** Partitions of the topic where they matter, else 0. May block until the topic is known. */
    static int partitions(KafkaSinkConfig config, Producer<byte[], byte[]> producer) {
        return config.partitionField().isEmpty()
                ? 0
                : producer.partitionsFor(config.topic()).size();
    }

    @Override
    public Future<Void> close() {
        if (!closed) {
            closed = true;
            producer.close(CLOSE_LIMIT);
        }
        return Future.succeededFuture();
    }
}
