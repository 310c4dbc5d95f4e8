package io.penstock.exporter.sink;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.model.DeliveryId;

/**
 * A read-only run of records lent to a sink until its future completes. May be read any number of
 * times, in either form.
 *
 * <p>Threading: confined to the sink's context.
 */
public interface Delivery {

    /** The same for the same records, always. */
    DeliveryId id();

    /** Number of records that {@link #read} says, at least 1. */
    int records();

    /**
     * Number in its run of one of the records: the same in every delivery that holds the record,
     * however the run is cut and whatever transforms leave out. With {@link DeliveryId#epoch} and
     * {@link DeliveryId#first} it names the record for ever.
     *
     * @param record number in this delivery, from 0; numbers grow with it
     */
    default int recordNumber(int record) {
        return id().fromRecord() + record;
    }

    /** Size in bytes as staged. */
    long bytes();

    /** How often this delivery has been offered before; 0 the first time. */
    int attempt();

    /** Decodes the records, in order, into the visitor. */
    void read(RecordVisitor visitor);

    /**
     * Hands out the records in order: as they arrived, one piece per staged batch; or, when the
     * export has transforms, as they are then, encoded as NATIVE in pieces of about 1 MiB.
     */
    void readRaw(RawVisitor visitor);

    /** Takes pieces of a delivery as they arrived. */
    @FunctionalInterface
    interface RawVisitor {
        /**
         * One piece: a valid document of its encoding by itself (a RecordBatch, whole lines, an
         * array).
         *
         * @param body lent for the duration of the call
         */
        void piece(Encoding encoding, int records, byte[] body, int offset, int length);

        /**
         * Said before a piece: when its records arrived, the time of those that state none of their
         * own. Not said where all of them do.
         *
         * @param arrivedMs milliseconds since 1970
         */
        default void arrived(long arrivedMs) {}
    }
}
