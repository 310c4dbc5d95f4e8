package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.kafka.KafkaBroker;
import java.util.Map;

/** Configurations of the sink, for tests. */
final class Configs {
    static final int MAX_RECORD_BYTES = 8_500_000;

    private Configs() {}

    static KafkaSinkConfig of(
            KafkaBroker broker, String topic, KafkaFormat format, boolean exactlyOnce) {
        KafkaCompression packed = exactlyOnce ? KafkaCompression.ZSTD : KafkaCompression.LZ4;
        return of(broker, topic, format, exactlyOnce, packed, MAX_RECORD_BYTES);
    }

    /** JSON that is not packed, so that sizes are what they seem. */
    static KafkaSinkConfig ofSize(
            KafkaBroker broker, String topic, boolean exactlyOnce, int maxRecordBytes) {
        return of(
                broker,
                topic,
                KafkaFormat.JSON,
                exactlyOnce,
                KafkaCompression.NONE,
                maxRecordBytes);
    }

    private static KafkaSinkConfig of(
            KafkaBroker broker,
            String topic,
            KafkaFormat format,
            boolean exactlyOnce,
            KafkaCompression packed,
            int maxRecordBytes) {
        return new KafkaSinkConfig(
                broker.bootstrapServers(),
                topic,
                format,
                format == KafkaFormat.FIELD ? "message" : "",
                "",
                "",
                "",
                packed,
                KafkaAcks.ALL,
                256 << 10,
                1,
                maxRecordBytes,
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
                "",
                keyField,
                partitionField,
                "",
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
