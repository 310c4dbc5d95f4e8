package io.penstock.exporter.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file on disk. */
final class DiskFile implements StorageFile {
    /** Zeros are written in pieces of this size; larger ones are no faster. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 * 1024);

    private final FileChannel channel;
    private final Storage.Access access;

    DiskFile(FileChannel channel, Storage.Access access) {
        this.channel = channel;
        this.access = access;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position + buffer.position() - offset);
            if (read < 0) {
                break;
            }
        }
        return buffer.position() - offset;
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += channel.write(source, at);
        }
    }

    @Override
    public void resize(long bytes) throws IOException {
        long size = channel.size();
        if (bytes < size) {
            channel.truncate(bytes);
            return;
        }
        ByteBuffer zeros = ZEROS.duplicate();
        for (long at = size; at < bytes; at += zeros.limit()) {
            zeros.clear();
            zeros.limit((int) Math.min(zeros.capacity(), bytes - at));
            write(at, zeros);
        }
    }

    @Override
    public void force() throws IOException {
        // data and length only: nobody reads the time stamps
        channel.force(false);
    }

    @Override
    public MappedRegion map() throws IOException {
        FileChannel.MapMode mode =
                access == Storage.Access.WRITE
                        ? FileChannel.MapMode.READ_WRITE
                        : FileChannel.MapMode.READ_ONLY;
        return new MappedRegion(channel.map(mode, 0, channel.size()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
