package io.penstock.exporter.push;

import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.penstock.proto.ingest.v1.PushRequest;
import io.vertx.core.buffer.Buffer;

/**
 * {@code penstock.ingest.v1.PushRequest} around the bytes of a RecordBatch, which are not parsed.
 *
 * <p>Threading: any thread.
 */
public final class PushMessage {

    /** The method that takes it, as the path of an HTTP/2 request. */
    public static final String PUSH_PATH = "/penstock.ingest.v1.IngestService/Push";

    /** Tag of {@code PushRequest.batch}. */
    private static final byte BATCH_TAG = 5 << 3 | 2;

    private static final int MAX_TAG_AND_SIZE = 6;
    private static final int CONTINUED = 0x80;

    private PushMessage() {}

    /**
     * What stands beside the batch.
     *
     * @param repo where it goes
     * @param producerId identity of the producer; 0 for none
     * @param sequence number of the batch among the producer's
     * @param ack what the answer shall rest on
     */
    public record Envelope(RepoName repo, long producerId, long sequence, AckLevel ack) {}

    /** The message. Fields of a message may stand in any order: the batch follows as it is. */
    public static Buffer of(Envelope envelope, byte[] batch, int offset, int length) {
        byte[] head =
                PushRequest.newBuilder()
                        .setRepo(envelope.repo().value())
                        .setProducerId(envelope.producerId())
                        .setSequence(envelope.sequence())
                        .setAck(ack(envelope.ack()))
                        .build()
                        .toByteArray();
        Buffer message = Buffer.buffer(head.length + length + MAX_TAG_AND_SIZE);
        message.appendBytes(head).appendByte(BATCH_TAG);
        int rest = length;
        while (rest >= CONTINUED) {
            message.appendByte((byte) (rest | CONTINUED));
            rest >>>= 7;
        }
        return message.appendByte((byte) rest).appendBytes(batch, offset, length);
    }

    private static io.penstock.proto.ingest.v1.AckLevel ack(AckLevel level) {
        return switch (level) {
            case STAGED -> io.penstock.proto.ingest.v1.AckLevel.ACK_LEVEL_STAGED;
            case SYNCED -> io.penstock.proto.ingest.v1.AckLevel.ACK_LEVEL_SYNCED;
            case DELIVERED -> io.penstock.proto.ingest.v1.AckLevel.ACK_LEVEL_DELIVERED;
        };
    }
}
