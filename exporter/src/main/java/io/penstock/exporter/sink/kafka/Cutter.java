package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.sink.Delivery;

/** Cuts deliveries into Kafka records. Threading: confined to the sink's context. */
interface Cutter {
    /**
     * Cuts what is not delivered yet.
     *
     * @param delivered counted from the first record of the delivery's run
     * @param partitions of the topic; 0 when nobody needs to know
     * @throws io.penstock.exporter.record.MalformedBatchException for records that cannot be
     *     decoded
     */
    Cut cut(Delivery delivery, RecordRanges delivered, int partitions);
}
