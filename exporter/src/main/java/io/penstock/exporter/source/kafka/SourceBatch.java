package io.penstock.exporter.source.kafka;

import io.penstock.exporter.record.Encoding;

/**
 * Consecutive records of a partition, ready to be staged.
 *
 * <p>Threading: immutable; nobody writes into the body.
 *
 * @param nextOffset behind the last record: what is committed when the batch is settled
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
record SourceBatch(Encoding encoding, byte[] body, int records, long nextOffset, long arrivedMs) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
