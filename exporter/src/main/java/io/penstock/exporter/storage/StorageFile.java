package io.penstock.exporter.storage;

import java.io.Closeable;
import java.io.IOException;

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

    /** Writes all of the bytes. */
    void write(long position, byte[] source, int offset, int length) throws IOException;

    /** Lengthens the file with zeros, written out, or cuts it. */
    void resize(long bytes) throws IOException;

    /** Makes every byte, those written through mappings too, survive a loss of power. */
    void force() throws IOException;

    /** Maps the whole file. The mapping outlives the closing of the file. */
    MappedRegion map() throws IOException;

    @Override
    void close() throws IOException;
}
