package io.penstock.exporter.relay;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.sink.Delivery;
import io.penstock.model.DeliveryId;
import io.penstock.model.TraceParent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that another node staged, out of the bytes that came over the wire.
 *
 * <p>Threading: handed from the event loop that received it to the sink's context, and confined to
 * that; {@link #revoke} on any thread.
 */
public final class RemoteDelivery implements Delivery {
    private final Head head;
    private final List<Piece> pieces;
    private RecordReader reader = new RecordReader();
    private volatile boolean revoked;

    /**
     * What stands beside the records.
     *
     * @param id as on the node that staged it
     * @param records in all pieces
     * @param numbers number in the run of each record; empty if they follow {@code fromRecord}
     * @param attempt how often it was offered before
     * @param bytes size as staged
     * @param trace its span on the node that staged it, or null
     */
    // an array: as many numbers as records, read one by one
    @SuppressWarnings("ArrayRecordComponent")
    public record Head(
            DeliveryId id,
            int records,
            int[] numbers,
            int attempt,
            long bytes,
            @Nullable TraceParent trace) {
        /** One that is not traced. */
        public Head(DeliveryId id, int records, int[] numbers, int attempt, long bytes) {
            this(id, records, numbers, attempt, bytes, null);
        }
    }

    /**
     * Records of one staged batch.
     *
     * @param body whole array that holds the document; not to be changed
     * @param offset where it begins
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Piece(
            Encoding encoding, int records, long arrivedMs, byte[] body, int offset, int length) {}

    /**
     * A delivery that came.
     *
     * @throws IllegalArgumentException when the pieces do not hold as many records as are stated,
     *     or the numbers do not fit
     */
    public RemoteDelivery(Head head, List<Piece> pieces) {
        this.head = head;
        this.pieces = List.copyOf(pieces);
        int held = pieces.stream().mapToInt(Piece::records).sum();
        if (head.records < 1 || held != head.records) {
            throw new IllegalArgumentException(
                    "a delivery of " + head.records + " records with " + held + " in its pieces");
        }
        if (head.numbers.length != 0 && head.numbers.length != head.records) {
            throw new IllegalArgumentException(
                    head.numbers.length + " numbers for " + head.records + " records");
        }
    }

    /** Reads with this from now on; readers are costly, and one serves a context. */
    void readWith(RecordReader shared) {
        reader = shared;
    }

    void revoke() {
        revoked = true;
    }

    @Override
    public DeliveryId id() {
        return head.id;
    }

    @Override
    public int records() {
        return head.records;
    }

    @Override
    public int recordNumber(int record) {
        return head.numbers.length == 0 ? head.id.fromRecord() + record : head.numbers[record];
    }

    @Override
    public long bytes() {
        return head.bytes;
    }

    @Override
    public int attempt() {
        return head.attempt;
    }

    @Override
    public @Nullable TraceParent trace() {
        return head.trace;
    }

    @Override
    public void read(RecordVisitor visitor) {
        for (Piece piece : pieces) {
            checkLent();
            reader.wrap(piece.encoding, piece.body, piece.offset, piece.length, piece.arrivedMs)
                    .read(visitor);
        }
    }

    @Override
    public void readRaw(RawVisitor visitor) {
        for (Piece piece : pieces) {
            checkLent();
            visitor.arrived(piece.arrivedMs);
            visitor.piece(piece.encoding, piece.records, piece.body, piece.offset, piece.length);
        }
    }

    private void checkLent() {
        if (revoked) {
            throw new IllegalStateException(
                    "delivery " + head.id + " is read after it was settled");
        }
    }
}
