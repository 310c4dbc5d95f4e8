package io.penstock.exporter.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Which letters were settled, and how: lines of 32 bytes, a checksum in each, forced before the
 * answer. Rewritten at every open to the totals and the letters whose file still stands.
 *
 * <p>Threading: confined to its store's lock.
 */
final class SettledLog implements AutoCloseable {
    /** How a letter was settled. */
    enum How {
        /** Totals of what was forgotten; the id is the number of replayed records. */
        TOTALS(0),
        /** Delivered by a replay; some of its records may have been dropped by a rule then. */
        REPLAYED(1),
        /** Dropped by a person. */
        DROPPED(2);

        private final int code;

        How(int code) {
            this.code = code;
        }
    }

    /** Called with each line. */
    @FunctionalInterface
    interface Visitor {
        void settled(How how, long id, long records, long dropped);
    }

    private static final int LINE_BYTES = 32;
    private static final How[] BY_CODE = {How.TOTALS, How.REPLAYED, How.DROPPED};

    private final Path path;
    private FileChannel channel;
    private long size;

    private SettledLog(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static SettledLog open(Path path, Visitor visitor) throws IOException {
        SettledLog log = new SettledLog(path, openChannel(path));
        log.size = log.walk(visitor);
        return log;
    }

    /** Visits the lines of a log, if there is one, and leaves it as it is. */
    static void look(Path path, Visitor visitor) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            new SettledLog(path, channel).walk(visitor);
        } catch (NoSuchFileException none) {
            // nothing was ever settled
        }
    }

    private static FileChannel openChannel(Path path) throws IOException {
        return FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private long walk(Visitor visitor) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(LINE_BYTES);
        long at = 0;
        while (true) {
            line.clear();
            int read = 0;
            while (line.hasRemaining() && read >= 0) {
                read = channel.read(line, at + line.position());
            }
            line.flip();
            if (line.remaining() < LINE_BYTES || !whole(line)) {
                return at;
            }
            visitor.settled(
                    BY_CODE[line.getInt(0)], line.getLong(4), line.getLong(12), line.getLong(20));
            at += LINE_BYTES;
        }
    }

    private static boolean whole(ByteBuffer line) {
        int how = line.getInt(0);
        return how >= 0 && how < BY_CODE.length && line.getInt(28) == checksum(line);
    }

    private static int checksum(ByteBuffer line) {
        byte[] bytes = new byte[LINE_BYTES - Integer.BYTES];
        line.get(0, bytes);
        return LetterFormat.checksum(bytes, 0, bytes.length);
    }

    void append(How how, long id, long records, long dropped) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(LINE_BYTES);
        line.putInt(0, how.code).putLong(4, id).putLong(12, records).putLong(20, dropped);
        line.putInt(28, checksum(line));
        size += LetterFile.writeFully(channel, line, size);
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** Replaces the log by what {@code lines} appends to the new one, in one step. */
    void rewrite(Lines lines) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        SettledLog next = new SettledLog(fresh, openChannel(fresh));
        try {
            lines.write(next);
            next.force();
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        channel.close();
        channel = next.channel;
        size = next.size;
    }

    /** Writes the lines of a new log. */
    @FunctionalInterface
    interface Lines {
        void write(SettledLog log) throws IOException;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
