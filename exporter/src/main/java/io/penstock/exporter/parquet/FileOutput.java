package io.penstock.exporter.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A new file, written from front to back in large pieces.
 *
 * <p>Threading: confined to one thread.
 */
final class FileOutput extends OutputStream {

    private static final int PIECE_BYTES = 256 * 1024;

    private final FileChannel channel;
    // Direct, as the channel would copy a heap buffer into a direct one of its own.
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    private long position;

    FileOutput(Path file) throws IOException {
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
    }

    /** Bytes written so far. */
    long position() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        if (!piece.hasRemaining()) {
            flush();
        }
        piece.put((byte) value);
        position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (!piece.hasRemaining()) {
                flush();
            }
            int count = Math.min(piece.remaining(), end - at);
            piece.put(bytes, at, count);
            at += count;
        }
        position += length;
    }

    @Override
    public void flush() throws IOException {
        piece.flip();
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
        piece.clear();
    }

    /** Everything is on the disk when this returns. */
    void force() throws IOException {
        flush();
        channel.force(true);
    }

    /** Lets go of the file; what was not forced may not be there. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
