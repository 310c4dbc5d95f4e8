package io.penstock.exporter.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file.
 *
 * <p>Threading: any thread; every method may block.
 */
public interface StorageFile extends Closeable {

    /** Present length. */
    long size() throws IOException;

    /** Reads until {@code length} bytes are there or the file ends; answers how many were read. */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /** Writes all that remains in a buffer. */
    void write(long position, ByteBuffer source) throws IOException;

    /** Writes all of the bytes. */
    default void write(long position, byte[] source, int offset, int length) throws IOException {
        write(position, ByteBuffer.wrap(source, offset, length));
    }

    /** Lengthens the file with zeros, written out, or cuts it. */
    void resize(long bytes) throws IOException;

    /** Makes every byte, those written through mappings too, survive a loss of power. */
    void force() throws IOException;

    /** Maps the whole file. The mapping outlives the closing of the file. */
    MappedRegion map() throws IOException;

    @Override
    void close() throws IOException;
}
