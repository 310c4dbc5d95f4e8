package io.penstock.exporter.sink.kafka;

import java.util.Locale;

/** How Kafka's client packs batches of records. */
public enum KafkaCompression {
    /** As they are. */
    NONE,
    /** Little CPU. */
    LZ4,
    /** Small. */
    ZSTD;

    /** Kafka's word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
