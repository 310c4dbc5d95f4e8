package io.penstock.perf.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that copies a topic at least once: poll, send, and once a second flush and commit. Ends
 * with its process.
 */
public final class PlainLoop {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long COMMIT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_POLL_RECORDS = 2000;

    private PlainLoop() {}

    /** {@code PlainLoop SERVERS FROM TO GROUP}. */
    public static void main(String[] args) {
        String to = args[2];
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Consumer<byte[], byte[]> consumer = consumer(args[0], args[3]);
                Producer<byte[], byte[]> producer = producer(args[0])) {
            consumer.subscribe(List.of(args[1]));
            long committedNs = System.nanoTime();
            while (failure.get() == null) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    var unused =
                            producer.send(
                                    new ProducerRecord<>(to, each.key(), each.value()),
                                    (place, failed) -> failure.compareAndSet(null, failed));
                }
                if (System.nanoTime() - committedNs >= COMMIT_NS) {
                    producer.flush();
                    consumer.commitSync();
                    committedNs = System.nanoTime();
                }
            }
        }
        System.err.println("a record was not taken: " + failure.get());
        System.exit(1);
    }

    private static Consumer<byte[], byte[]> consumer(String servers, String group) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", servers);
        settings.put("group.id", group);
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("max.poll.records", MAX_POLL_RECORDS);
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Producer<byte[], byte[]> producer(String servers) {
        return new KafkaProducer<>(
                new HashMap<>(PlainClients.producerSettings(servers)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
