package io.penstock.gateway.ingest;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.model.RepoName;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a {@code PushRequest} around its batch, read where the bytes lie. As protobuf has
 * it: fields come in any order, unknown ones are passed over, and of one that comes twice the last
 * counts; but two batches are refused, since joining them would mean to copy.
 *
 * <p>A flyweight, good until the next {@link #parse}. Threading: confined to one event loop.
 */
final class PushEnvelope {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private static final int REPO = (1 << 3) | BYTES;
    private static final int PRODUCER_ID = (2 << 3) | FIXED64;
    private static final int SEQUENCE = (3 << 3) | VARINT;
    private static final int ACK = (4 << 3) | VARINT;
    private static final int BATCH = (5 << 3) | BYTES;

    private static final int NONE = -1;

    final byte[] repo = new byte[RepoName.MAX_LENGTH];
    int repoLength;
    long producerId;
    long sequence;
    long ack;
    int batchAt;
    int batchBytes;
    private @Nullable Fault fault;

    /** Reads the envelope; null when it is well formed and holds one batch. */
    @Nullable Fault parse(ByteChunks message) {
        repoLength = 0;
        producerId = 0;
        sequence = 0;
        ack = 0;
        batchAt = NONE;
        fault = null;
        message.range(0, message.length());
        while (!message.exhausted() && fault == null) {
            field(message);
        }
        if (fault == null && message.fault() != null) {
            fault = Fault.malformed(message.faultAt(), message.fault());
        }
        if (fault == null && batchAt == NONE) {
            fault = Fault.of(FaultKind.MALFORMED, "empty request: it holds no batch");
        }
        return fault;
    }

    /** Reads the repo where it is the first field, as our clients write it, and has all come. */
    boolean peek(ByteChunks start) {
        start.range(0, start.length());
        repoLength = 0;
        if (start.length() < 2 || start.tag() != REPO) {
            return false;
        }
        int size = start.size();
        if (start.fault() != null || size > repo.length || size > start.remaining()) {
            return false;
        }
        start.read(repo, 0, size);
        repoLength = size;
        return true;
    }

    private void field(ByteChunks message) {
        int at = message.position();
        int tag = message.tag();
        switch (tag) {
            case REPO -> repo(message, at);
            case PRODUCER_ID -> producerId = message.fixed64();
            case SEQUENCE -> sequence = message.varint();
            case ACK -> ack = message.varint();
            case BATCH -> batch(message, at);
            case 0 -> {
                // A fault, which the message keeps.
            }
            default -> message.skipValue(tag);
        }
    }

    private void repo(ByteChunks message, int at) {
        int size = message.size();
        if (size > repo.length) {
            fault =
                    Fault.malformed(
                            at, "repo name has " + size + " bytes, the limit is " + repo.length);
            return;
        }
        message.read(repo, 0, size);
        repoLength = size;
    }

    private void batch(ByteChunks message, int at) {
        if (batchAt != NONE) {
            fault = Fault.malformed(at, "the request holds two batches");
            return;
        }
        batchBytes = message.size();
        batchAt = message.position();
        message.skip(batchBytes);
    }
}
