package io.penstock.exporter.deadletter;

import io.penstock.exporter.record.Encoding;
import io.penstock.model.DeliveryId;

/**
 * Records that a target will never take, with the reason.
 *
 * <p>Threading: immutable as long as nobody writes the body.
 *
 * @param delivery id under which the records were offered alone
 * @param position ring position of the batch that held them
 * @param arrivedMs when that batch arrived
 * @param deadMs when they became a dead letter
 * @param reason the target's reason
 * @param records number of records
 * @param content the records as staged
 */
public record DeadLetter(
        DeliveryId delivery,
        long position,
        long arrivedMs,
        long deadMs,
        String reason,
        int records,
        Content content) {

    /**
     * The records' bytes: a document of its encoding by itself.
     *
     * @param encoding how they are written
     * @param body not to be written to
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Content(Encoding encoding, byte[] body) {}

    /**
     * A letter in its store.
     *
     * @param id number of the letter in its store; stays the same until it is settled
     * @param letter the letter
     */
    public record Stored(long id, DeadLetter letter) {}
}
