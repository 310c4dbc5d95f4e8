package io.penstock.exporter.fanout;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.record.NativeEncoder;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.transform.Verdicts;
import io.penstock.model.DeliveryId;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that can be taken back: after {@link #revoke} reading it throws. What the sink reads
 * went through the export's transforms.
 *
 * <p>Threading: confined to the export's context, except {@link #revoke}.
 */
abstract class LentDelivery implements Delivery {
    private final DeliveryId id;
    private final int attempt;
    private final ReadBuffers buffers;
    private volatile boolean revoked;

    LentDelivery(DeliveryId id, int attempt, ReadBuffers buffers) {
        this.id = id;
        this.attempt = attempt;
        this.buffers = buffers;
    }

    @Override
    public final DeliveryId id() {
        return id;
    }

    @Override
    public final int attempt() {
        return attempt;
    }

    final ReadBuffers buffers() {
        return buffers;
    }

    /** Decodes the records as they are staged. */
    abstract void readStaged(RecordVisitor visitor);

    /** Hands out the records as they are staged. */
    abstract void readStagedRaw(RawVisitor visitor);

    @Override
    public final void read(RecordVisitor visitor) {
        readStaged(buffers.transforms.into(visitor));
    }

    @Override
    public final void readRaw(RawVisitor visitor) {
        if (buffers.transforms.isEmpty()) {
            readStagedRaw(visitor);
            return;
        }
        NativeEncoder encoder = buffers.encoder();
        read(
                encoder.into(
                        (records, body, offset, length) ->
                                visitor.piece(Encoding.NATIVE, records, body, offset, length)));
        encoder.flush();
    }

    /**
     * Runs the transforms once, to know what becomes of each record before anything is sent.
     *
     * @return null when there is no transform by which a record may not pass
     * @throws MalformedBatchException when the records cannot be decoded
     */
    final @Nullable Verdicts judge() {
        if (!buffers.transforms.sifts()) {
            return null;
        }
        Verdicts verdicts = new Verdicts();
        readStaged(buffers.transforms.judge(verdicts));
        return verdicts;
    }

    final void revoke() {
        revoked = true;
    }

    final void checkLent() {
        if (revoked) {
            throw new IllegalStateException("delivery " + id + " is read after it was settled");
        }
    }
}
