package io.penstock.gateway.peer;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.relay.RemoteDelivery;
import io.penstock.exporter.sink.Delivery;
import io.penstock.gateway.grpc.GrpcFramer;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import io.penstock.model.TraceParent;
import io.penstock.proto.peer.v1.DeliverRequest;
import io.penstock.proto.peer.v1.Piece;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code DeliverRequest} as bytes and back. The bodies of the pieces, which are nearly all of it,
 * are copied once on the way out and not on the way in.
 *
 * <p>Threading: any thread.
 */
final class PeerRequests {
    private static final int LENGTH_DELIMITED = 2;
    private static final byte PIECES_TAG = tag(DeliverRequest.PIECES_FIELD_NUMBER);
    private static final byte BODY_TAG = tag(Piece.BODY_FIELD_NUMBER);
    private static final int CONTINUED = 0x80;
    private static final int VARINT_BITS = 7;
    private static final int HEAD_ROOM = 512;

    private PeerRequests() {}

    private static byte tag(int field) {
        return (byte) (field << 3 | LENGTH_DELIMITED);
    }

    /**
     * A framed request. Fields of a message may stand in any order: the pieces follow as they are
     * read.
     */
    static Buffer encode(long number, Delivery delivery, String node, TableVersion table) {
        byte[] head = head(number, delivery, node, table).toByteArray();
        int expected = (int) Math.min(delivery.bytes(), Integer.MAX_VALUE / 2);
        Buffer out = Buffer.buffer(GrpcFramer.PREFIX_BYTES + head.length + expected + HEAD_ROOM);
        out.appendByte((byte) 0).appendInt(0).appendBytes(head);
        delivery.readRaw(new PieceWriter(out));
        out.setInt(1, out.length() - GrpcFramer.PREFIX_BYTES);
        return out;
    }

    private static DeliverRequest head(
            long number, Delivery delivery, String node, TableVersion table) {
        DeliveryId id = delivery.id();
        DeliverRequest.Builder head =
                DeliverRequest.newBuilder()
                        .setNumber(number)
                        .setRepo(id.repo().value())
                        .setExport(id.export())
                        .setEpoch(id.epoch())
                        .setFirst(id.first())
                        .setEnd(id.end())
                        .setFromRecord(id.fromRecord())
                        .setToRecord(id.toRecord())
                        .setRecords(delivery.records())
                        .setAttempt(delivery.attempt())
                        .setBytes(delivery.bytes())
                        .setNode(node)
                        .setTable(table.message());
        TraceParent trace = delivery.trace();
        if (trace != null) {
            head.setTraceparent(trace.header()).setTracestate(trace.state());
        }
        int last = delivery.records() - 1;
        // numbers grow: if the last is in its place, all are
        if (delivery.recordNumber(last) != id.fromRecord() + last
                || delivery.recordNumber(0) != id.fromRecord()) {
            for (int record = 0; record <= last; record++) {
                head.addRecordNumbers(delivery.recordNumber(record));
            }
        }
        return head.build();
    }

    /** Appends pieces as they are handed out. */
    private static final class PieceWriter implements Delivery.RawVisitor {
        private final Buffer out;
        private long arrivedMs;

        PieceWriter(Buffer out) {
            this.out = out;
        }

        @Override
        public void arrived(long whenMs) {
            arrivedMs = whenMs;
        }

        @Override
        public void piece(Encoding encoding, int records, byte[] body, int offset, int length) {
            byte[] head =
                    Piece.newBuilder()
                            .setEncoding(encoding.code())
                            .setRecords(records)
                            .setArrivedMs(arrivedMs)
                            .build()
                            .toByteArray();
            out.appendByte(PIECES_TAG);
            varint(head.length + 1 + varintBytes(length) + length);
            out.appendBytes(head).appendByte(BODY_TAG);
            varint(length);
            out.appendBytes(body, offset, length);
        }

        private void varint(int value) {
            int rest = value;
            while (rest >= CONTINUED) {
                out.appendByte((byte) (rest | CONTINUED));
                rest >>>= VARINT_BITS;
            }
            out.appendByte((byte) rest);
        }

        private static int varintBytes(int value) {
            int bytes = 1;
            for (int rest = value; rest >= CONTINUED; rest >>>= VARINT_BITS) {
                bytes++;
            }
            return bytes;
        }
    }

    /**
     * A message, whose bodies stay where they are in the array.
     *
     * @throws IOException when it is none
     */
    static DeliverRequest parse(byte[] message) throws IOException {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(message).newCodedInput();
        in.enableAliasing(true);
        return DeliverRequest.parseFrom(in);
    }

    /**
     * The delivery of a message.
     *
     * @throws IllegalArgumentException when it is none that a node would send
     */
    static RemoteDelivery delivery(DeliverRequest request) {
        DeliveryId id =
                new DeliveryId(
                        new RepoName(request.getRepo()),
                        request.getExport(),
                        request.getEpoch(),
                        request.getFirst(),
                        request.getEnd(),
                        request.getFromRecord(),
                        request.getToRecord());
        String fault = RepoName.fault(id.export());
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("export: " + fault);
        }
        int[] numbers = request.getRecordNumbersList().stream().mapToInt(n -> n).toArray();
        List<RemoteDelivery.Piece> pieces = new ArrayList<>(request.getPiecesCount());
        for (Piece piece : request.getPiecesList()) {
            pieces.add(piece(piece));
        }
        return new RemoteDelivery(
                new RemoteDelivery.Head(
                        id,
                        request.getRecords(),
                        numbers,
                        request.getAttempt(),
                        request.getBytes(),
                        TraceParent.parse(request.getTraceparent(), request.getTracestate())),
                pieces);
    }

    private static RemoteDelivery.Piece piece(Piece piece) {
        Encoding encoding = Encoding.ofCode((byte) piece.getEncoding());
        Where where = new Where();
        try {
            UnsafeByteOperations.unsafeWriteTo(piece.getBody(), where);
        } catch (IOException impossible) {
            throw new IllegalStateException("reading memory", impossible);
        }
        return new RemoteDelivery.Piece(
                encoding,
                piece.getRecords(),
                piece.getArrivedMs(),
                where.array,
                where.offset,
                where.length);
    }

    /** Finds the array behind a {@link ByteString}; copies if there is more than one. */
    private static final class Where extends ByteOutput {
        private byte[] array = {};
        private int offset;
        private int length;

        @Override
        public void write(byte value) {
            write(new byte[] {value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            byte[] joined = new byte[length + count];
            System.arraycopy(array, offset, joined, 0, length);
            System.arraycopy(bytes, from, joined, length, count);
            array = joined;
            offset = 0;
            length = joined.length;
        }

        @Override
        public void writeLazy(byte[] bytes, int from, int count) {
            if (length > 0) {
                write(bytes, from, count);
                return;
            }
            array = bytes;
            offset = from;
            length = count;
        }

        @Override
        public void write(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            write(copy, 0, copy.length);
        }

        @Override
        public void writeLazy(ByteBuffer bytes) {
            write(bytes);
        }
    }
}
