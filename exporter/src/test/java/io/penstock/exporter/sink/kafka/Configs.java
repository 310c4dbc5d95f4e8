package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.kafka.KafkaBroker;
import java.util.Map;

/** Configurations of the sink, for tests. */
final class Configs {
    static final int MAX_RECORD_BYTES = 4 << 20;

    private Configs() {}

    static KafkaSinkConfig of(
            KafkaBroker broker, String topic, KafkaFormat format, boolean exactlyOnce) {
        return new KafkaSinkConfig(
                broker.bootstrapServers(),
                topic,
                format,
                "",
                "",
                exactlyOnce ? KafkaCompression.ZSTD : KafkaCompression.LZ4,
                KafkaAcks.ALL,
                256 << 10,
                1,
                MAX_RECORD_BYTES,
                20_000,
                exactlyOnce,
                "",
                Map.of("reconnect.backoff.max.ms", "100"));
    }

    /** Records with a key and a partition out of their fields. */
    static KafkaSinkConfig keyed(
            KafkaBroker broker, String topic, String keyField, String partitionField) {
        return new KafkaSinkConfig(
                broker.bootstrapServers(),
                topic,
                KafkaFormat.JSON,
                keyField,
                partitionField,
                KafkaCompression.NONE,
                KafkaAcks.LEADER,
                256 << 10,
                0,
                10_000,
                20_000,
                false,
                "",
                Map.of());
    }
}
