package io.penstock.perf.wire;

import com.google.protobuf.CodedOutputStream;
import io.penstock.proto.ingest.v1.PushRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A gRPC message (prefix and {@code PushRequest}) whose sequence is a varint of fixed width at a
 * known place.
 */
final class PushBody {
    private static final int PREFIX_BYTES = 5;

    private final byte[] bytes;
    private final int sequenceAt;

    private PushBody(byte[] bytes, int sequenceAt) {
        this.bytes = bytes;
        this.sequenceAt = sequenceAt;
    }

    /** The message with its five bytes of prefix. */
    byte[] bytes() {
        return bytes;
    }

    /** Offset of the sequence. */
    int sequenceAt() {
        return sequenceAt;
    }

    /** A message of gRPC, uncompressed, with its prefix. */
    static byte[] message(byte[] content) {
        return ByteBuffer.allocate(PREFIX_BYTES + content.length)
                .put((byte) 0)
                .putInt(content.length)
                .put(content)
                .array();
    }

    static PushBody of(Target target, long producer, Batch batch) {
        try {
            ByteArrayOutputStream raw = new ByteArrayOutputStream(batch.bytes().length + 256);
            CodedOutputStream out = CodedOutputStream.newInstance(raw);
            out.writeString(PushRequest.REPO_FIELD_NUMBER, target.repo());
            out.writeFixed64(PushRequest.PRODUCER_ID_FIELD_NUMBER, producer);
            out.writeTag(PushRequest.SEQUENCE_FIELD_NUMBER, 0);
            int sequenceAt = PREFIX_BYTES + out.getTotalBytesWritten();
            out.writeRawBytes(new byte[Digits.VARINT_WIDTH]);
            out.writeEnum(PushRequest.ACK_FIELD_NUMBER, target.ack().getNumber());
            out.writeByteArray(PushRequest.BATCH_FIELD_NUMBER, batch.bytes());
            out.flush();
            byte[] message = message(raw.toByteArray());
            Digits.varint(ByteBuffer.wrap(message), sequenceAt, 1);
            return new PushBody(message, sequenceAt);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }
}
