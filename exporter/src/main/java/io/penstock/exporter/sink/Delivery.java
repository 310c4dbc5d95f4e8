package io.penstock.exporter.sink;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.model.DeliveryId;
import io.penstock.model.TraceParent;
import org.jspecify.annotations.Nullable;

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

    /**
     * Names the staged batches that its records lie in, in order; none where that is not known.
     * Costs a look at each one's header.
     */
    default void forEachBatch(BatchVisitor visitor) {}

    /**
     * The span of this delivery, to be handed on to targets that take one as {@code traceparent};
     * null where it is not traced.
     */
    default @Nullable TraceParent trace() {
        return null;
    }

    /** Hears of staged batches. */
    @FunctionalInterface
    interface BatchVisitor {
        /**
         * One batch.
         *
         * @param position of its entry in the ring
         * @param arrivedMs when it arrived, milliseconds since 1970
         */
        void batch(long position, long arrivedMs);
    }

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
