package io.penstock.client;

import io.penstock.proto.record.v1.RecordBatch;

/**
 * Records of one repo as bytes. Threading: immutable, as long as nobody changes the array.
 *
 * @param form how the records are written
 * @param bytes the records, not compressed; at most what the server's {@code
 *     ingress.max_batch_bytes} allows
 * @param records how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Batch(Form form, byte[] bytes, int records) {
    /** A batch of the generated message. */
    public static Batch of(RecordBatch batch) {
        return new Batch(Form.NATIVE, batch.toByteArray(), batch.getRecordsCount());
    }
}
