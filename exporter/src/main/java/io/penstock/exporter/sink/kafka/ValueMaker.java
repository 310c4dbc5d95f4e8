package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.record.RecordVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the value of a Kafka record out of the record that its visitor is shown.
 *
 * <p>Threading: confined to the sink's context.
 */
interface ValueMaker {

    /** To be shown everything. */
    RecordVisitor visitor();

    /** The value of the record that has just ended; null for none. */
    byte @Nullable [] value();

    /** A delivery has ended: memory that a large one took goes. */
    void rest();
}
