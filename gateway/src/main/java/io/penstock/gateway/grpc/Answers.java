package io.penstock.gateway.grpc;

import com.google.protobuf.CodedOutputStream;
import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.RoutingHint;
import io.penstock.model.Receipt;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Writes {@code PushResponse} messages with their gRPC prefix, several in a row where several are
 * due. Threading: confined to one event loop.
 */
final class Answers {
    private static final int RECEIPT = 1;
    private static final int DUPLICATE = 2;
    private static final int REPO = 1;
    private static final int NODE = 2;
    private static final int EPOCH = 3;
    private static final int FIRST_POSITION = 4;
    private static final int RECORDS = 5;

    private static final int FIRST_CAPACITY = 4096;

    private static final byte[] NO_FIELDS = {};

    private final byte[] node;
    private final IngressNode hints;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;

    Answers(IngressNode node) {
        this.node = node.nodeIdUtf8();
        this.hints = node;
    }

    /** Appends the answer to one request. */
    void add(KnownRepo repo, Receipt receipt) {
        RoutingHint hint = hints.hint(repo.name());
        byte[] hinted = hint == null ? NO_FIELDS : hint.fields();
        int receiptBytes = receiptBytes(repo.utf8(), receipt);
        int messageBytes =
                CodedOutputStream.computeTagSize(RECEIPT)
                        + CodedOutputStream.computeUInt32SizeNoTag(receiptBytes)
                        + receiptBytes
                        + (receipt.duplicate()
                                ? CodedOutputStream.computeBoolSize(DUPLICATE, true)
                                : 0)
                        + hinted.length;
        int total = GrpcFramer.PREFIX_BYTES + messageBytes;
        if (bytes.length - length < total) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + total));
        }
        prefix(messageBytes);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes, length, messageBytes);
            out.writeUInt32NoTag((RECEIPT << 3) | 2);
            out.writeUInt32NoTag(receiptBytes);
            writeReceipt(out, repo.utf8(), receipt);
            if (receipt.duplicate()) {
                out.writeBool(DUPLICATE, true);
            }
            out.writeRawBytes(hinted);
            out.checkNoSpaceLeft();
        } catch (IOException impossible) {
            // The room was computed from the same values.
            throw new UncheckedIOException(impossible);
        }
        length += messageBytes;
    }

    /** Appends an answer without fields. */
    void addEmpty() {
        if (bytes.length - length < GrpcFramer.PREFIX_BYTES) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        prefix(0);
    }

    private void prefix(int messageBytes) {
        bytes[length++] = 0;
        for (int shift = 24; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (messageBytes >>> shift);
        }
    }

    private int receiptBytes(byte[] repo, Receipt receipt) {
        int epoch = receipt.epoch() == 0 ? 0 : CodedOutputStream.computeFixed64Size(EPOCH, 0);
        int position =
                receipt.firstPosition() == 0
                        ? 0
                        : CodedOutputStream.computeUInt64Size(
                                FIRST_POSITION, receipt.firstPosition());
        return CodedOutputStream.computeByteArraySize(REPO, repo)
                + CodedOutputStream.computeByteArraySize(NODE, node)
                + epoch
                + position
                + CodedOutputStream.computeUInt32Size(RECORDS, receipt.records());
    }

    private void writeReceipt(CodedOutputStream out, byte[] repo, Receipt receipt)
            throws IOException {
        out.writeByteArray(REPO, repo);
        out.writeByteArray(NODE, node);
        if (receipt.epoch() != 0) {
            out.writeFixed64(EPOCH, receipt.epoch());
        }
        if (receipt.firstPosition() != 0) {
            out.writeUInt64(FIRST_POSITION, receipt.firstPosition());
        }
        out.writeUInt32(RECORDS, receipt.records());
    }

    /** Whether an answer waits to be taken. */
    boolean any() {
        return length > 0;
    }

    /** Hands out what was added and forgets it. */
    Buffer take() {
        Buffer taken = Buffer.buffer(length).appendBytes(bytes, 0, length);
        length = 0;
        return taken;
    }
}
