package io.penstock.exporter.sink.body;

import java.io.IOException;

/**
 * Packs one body after another; each is complete by itself (a gzip member, a zstd frame), and
 * bodies one behind the other are a valid stream of the same compression.
 *
 * <p>Order of calls: {@link #start}, any number of {@link #write}, {@link #finish}; a {@code start}
 * without a {@code finish} before it gives the unfinished body up.
 *
 * <p>Threading: confined to one thread.
 */
public interface Compressor extends ByteTarget, AutoCloseable {

    /** Begins a body that goes to {@code target}. */
    void start(ByteTarget target);

    /**
     * Ends the body; all of its bytes have reached the target when this returns, and the target is
     * forgotten.
     */
    void finish() throws IOException;

    /** Frees native memory. Safe to call twice. */
    @Override
    void close();
}
