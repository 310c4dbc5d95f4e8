package io.penstock.exporter.sink.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The file in hand, under its {@code .part} name until it is published.
 *
 * <p>Threading: confined to one thread at a time.
 */
final class PartFile implements Closeable {

    static final String SUFFIX = ".part";

    /**
     * The JDK keeps a direct buffer of the largest heap buffer that a thread ever wrote, so a write
     * is no larger than this.
     */
    private static final int WRITE_BYTES = 256 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private long end;

    private PartFile(Path path, FileChannel channel, long end) {
        this.path = path;
        this.channel = channel;
        this.end = end;
    }

    /** Makes a new one. */
    static PartFile create(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new PartFile(path, channel, channel.truncate(0).size());
    }

    /** Goes on with one that is there, of which {@code end} bytes hold. */
    static PartFile resume(Path path, long end) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        channel.truncate(end);
        return new PartFile(path, channel, end);
    }

    /** Where the next byte goes. */
    long end() {
        return end;
    }

    Path path() {
        return path;
    }

    /** Begins a delivery: {@link #crc} counts from here. */
    void mark() {
        crc.reset();
    }

    /** Appends. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        crc.update(bytes, offset, length);
        int from = offset;
        int to = offset + length;
        while (from < to) {
            ByteBuffer piece = ByteBuffer.wrap(bytes, from, Math.min(WRITE_BYTES, to - from));
            int written = channel.write(piece, end);
            from += written;
            end += written;
        }
    }

    /** CRC32C of what was written since {@link #mark}. */
    int crc() {
        return (int) crc.getValue();
    }

    /** Takes back what lies behind {@code newEnd}. */
    void cut(long newEnd) throws IOException {
        channel.truncate(newEnd);
        end = newEnd;
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** Closes the file and gives it its final name; an empty one is removed instead. */
    void publish(boolean forced) throws IOException {
        if (forced) {
            force();
        }
        close();
        if (end == 0) {
            Files.delete(path);
        } else {
            Files.move(path, published(path), StandardCopyOption.ATOMIC_MOVE);
        }
        Path directory = path.getParent();
        if (directory != null) {
            Directories.force(directory, forced);
        }
    }

    /** The final name of a part file. */
    static Path published(Path part) {
        String name = part.getFileName().toString();
        return part.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
