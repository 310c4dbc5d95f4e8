package io.penstock.gateway.client;

import io.penstock.exporter.record.Encoding;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;

/**
 * One batch and where it goes.
 *
 * @param repo where it goes
 * @param producerId identity of the producer; 0 for none
 * @param sequence number of the batch
 * @param ack what to wait for
 * @param batch the records in one encoding
 */
public record PushCall(RepoName repo, long producerId, long sequence, AckLevel ack, Batch batch) {

    /**
     * Records as bytes.
     *
     * @param encoding how; gRPC carries only {@link Encoding#NATIVE}
     * @param bytes not changed by anybody
     * @param records how many
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Batch(Encoding encoding, byte[] bytes, int records) {}
}
