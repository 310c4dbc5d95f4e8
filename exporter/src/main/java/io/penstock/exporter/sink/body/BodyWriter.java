package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes deliveries, one after another, in one format. Its buffer is used again.
 *
 * <p>Threading: confined to one thread.
 */
public abstract class BodyWriter {

    /** A piece goes to the target when this much has been written. */
    public static final int PIECE_BYTES = 64 * 1024;

    /** A buffer that grew beyond this, for one large record, shrinks again. */
    public static final int KEEP_BYTES = 4 * PIECE_BYTES;

    /** What was written and has not yet gone to the target. */
    final WriteBuffer buffer = new WriteBuffer(PIECE_BYTES + PIECE_BYTES / 2);

    private ByteTarget target = ByteTarget.NOWHERE;

    BodyWriter() {}

    /**
     * Writes all records of a delivery.
     *
     * @throws IOException from the target
     * @throws io.penstock.exporter.record.MalformedBatchException for records that cannot be
     *     decoded; a part of the body may have reached the target
     */
    public final void write(Delivery delivery, ByteTarget newTarget) throws IOException {
        target = newTarget;
        buffer.clear(KEEP_BYTES);
        try {
            body(delivery);
            flush(0);
        } catch (UncheckedIOException carried) {
            throw carried.getCause();
        } finally {
            target = ByteTarget.NOWHERE; // a body is large, and the next may be long in coming
        }
    }

    /** Writes the body into {@link #buffer}, calling {@link #written} at every record or so. */
    abstract void body(Delivery delivery);

    /** Hands the buffer's content over when there is a piece of it. */
    final void written() {
        if (buffer.length() >= PIECE_BYTES) {
            handOver(0);
        }
    }

    /** The same, but the last byte stays, so that it can still be taken back. */
    final void writtenButLast() {
        if (buffer.length() >= PIECE_BYTES) {
            handOver(1);
        }
    }

    private void handOver(int held) {
        try {
            flush(held);
        } catch (IOException failed) {
            // through the visitor, which knows no I/O; unpacked by write
            throw new UncheckedIOException(failed);
        }
    }

    private void flush(int held) throws IOException {
        int count = buffer.length() - held;
        if (count > 0) {
            target.write(buffer.array(), 0, count);
        }
        buffer.clear();
        buffer.put(buffer.array(), count, held);
    }
}
