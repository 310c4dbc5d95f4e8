package io.penstock.exporter.parquet;

import io.penstock.exporter.storage.StorageFile;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A file that is written from front to back in large pieces.
 *
 * <p>Threading: confined to one thread.
 */
final class FileOutput extends OutputStream {

    private static final int PIECE_BYTES = 256 * 1024;

    private final StorageFile file;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int filled;
    private long position;

    FileOutput(StorageFile file) {
        this.file = file;
    }

    /** Bytes written so far. */
    long position() {
        return position + filled;
    }

    @Override
    public void write(int value) throws IOException {
        if (filled == PIECE_BYTES) {
            flush();
        }
        piece[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (filled == PIECE_BYTES) {
                flush();
            }
            int count = Math.min(PIECE_BYTES - filled, end - at);
            System.arraycopy(bytes, at, piece, filled, count);
            filled += count;
            at += count;
        }
    }

    @Override
    public void flush() throws IOException {
        file.write(position, piece, 0, filled);
        position += filled;
        filled = 0;
    }

    /** Everything is on the disk when this returns. */
    void force() throws IOException {
        flush();
        file.force();
    }

    /** Lets go of the file; what was not forced may not be there. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
