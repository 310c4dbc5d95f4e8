package io.penstock.exporter.sink.web;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.body.BodyWriter;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.body.Compressor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * Makes bodies of deliveries, packed, each in one buffer.
 *
 * <p>Threading: confined to one thread.
 */
public final class RequestBody implements AutoCloseable {

    /** No limit of our own. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private final BodyWriter writer;
    private final Compressor compressor;
    private final long maxBytes;
    private int lastBytes;
    private long written;

    /**
     * A maker of bodies.
     *
     * @param maxBytes most bytes of a body before it is packed
     */
    public RequestBody(BodyWriter writer, Compression compression, long maxBytes) {
        this(writer, compression.compressor(), maxBytes);
    }

    /** The same, with a compressor of the caller's, which it closes. */
    public RequestBody(BodyWriter writer, Compressor compressor, long maxBytes) {
        this.writer = writer;
        this.compressor = compressor;
        this.maxBytes = maxBytes;
    }

    /**
     * The body of a delivery.
     *
     * @throws BodyTooLargeException when it passes the limit
     * @throws io.penstock.exporter.record.MalformedBatchException for records that cannot be
     *     decoded
     */
    Buffer encode(Delivery delivery) throws IOException {
        // Bodies of one export are of like size: the last one saves most of the growing.
        Buffer bytes = Buffer.buffer(lastBytes + lastBytes / 8);
        written = 0;
        compressor.start(bytes::appendBytes);
        writer.write(delivery, this::write);
        compressor.finish();
        lastBytes = bytes.length();
        return bytes;
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        written += length;
        if (written > maxBytes) {
            throw new BodyTooLargeException(maxBytes);
        }
        compressor.write(bytes, offset, length);
    }

    @Override
    public void close() {
        compressor.close();
    }
}
