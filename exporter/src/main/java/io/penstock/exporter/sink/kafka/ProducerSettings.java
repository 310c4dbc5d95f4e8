package io.penstock.exporter.sink.kafka;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own settings, out of ours. */
final class ProducerSettings {
    /** Longest wait of a send for the topic's leaders or for room; the worker stands meanwhile. */
    static final long MAX_BLOCK_MS = 2_000;

    /** Longest wait of one request, so that a lost connection is tried again within a delivery. */
    private static final long MAX_REQUEST_MS = 10_000;

    private static final long BUFFER_BYTES = 32L << 20;

    /** What a record takes in a request beside key and value. */
    private static final int OVERHEAD_BYTES = 4 << 10;

    private ProducerSettings() {}

    /**
     * A producer that is idempotent, or for {@code acks: leader} is not.
     *
     * @throws IllegalArgumentException when Kafka's client does not take the settings
     */
    static Producer<byte[], byte[]> producer(KafkaSinkConfig config) {
        Map<String, Object> settings = settings(config);
        settings.put("max.block.ms", MAX_BLOCK_MS);
        return make(settings);
    }

    /** A producer of transactions; its calls may block as long as a delivery may take. */
    static Producer<byte[], byte[]> transactional(KafkaSinkConfig config, String transactionalId) {
        Map<String, Object> settings = settings(config);
        settings.put("max.block.ms", config.timeoutMs());
        settings.put("transactional.id", transactionalId);
        return make(settings);
    }

    private static Map<String, Object> settings(KafkaSinkConfig config) {
        Map<String, Object> settings = config.target().settings();
        int requestBytes = config.maxRecordBytes() + OVERHEAD_BYTES;
        settings.put("acks", config.acks().word());
        settings.put("enable.idempotence", config.acks() == KafkaAcks.ALL);
        settings.put("compression.type", config.compression().word());
        settings.put("batch.size", config.batchBytes());
        settings.put("linger.ms", config.lingerMs());
        settings.put("max.request.size", Math.max(1 << 20, requestBytes));
        settings.put("buffer.memory", Math.max(BUFFER_BYTES, 4L * requestBytes));
        settings.put("delivery.timeout.ms", (int) config.timeoutMs());
        settings.put(
                "request.timeout.ms",
                (int) Math.min(MAX_REQUEST_MS, (config.timeoutMs() - config.lingerMs()) / 2));
        return settings;
    }

    private static Producer<byte[], byte[]> make(Map<String, Object> settings) {
        try {
            return new KafkaProducer<>(
                    settings, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException unfit) {
            throw new IllegalArgumentException(
                    "cluster or properties: " + Faults.why(unfit), unfit);
        }
    }
}
