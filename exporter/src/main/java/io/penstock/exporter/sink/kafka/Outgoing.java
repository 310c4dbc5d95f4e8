package io.penstock.exporter.sink.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record, and which records of the delivery it holds.
 *
 * <p>Threading: immutable once it is made.
 */
final class Outgoing extends ProducerRecord<byte[], byte[]> {
    /** Where a record goes; null lets Kafka's client choose. */
    record Place(String topic, @Nullable Integer partition, @Nullable Long timestampMs) {}

    private final int from;
    private final int to;

    /** Holds the records {@code [from, to)} of the delivery, counted from 0. */
    Outgoing(
            Place place,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Iterable<Header> headers,
            int from,
            int to) {
        super(place.topic(), place.partition(), place.timestampMs(), key, value, headers);
        this.from = from;
        this.to = to;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
