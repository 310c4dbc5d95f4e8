package io.penstock.exporter.deadletter;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One file of letters, numbered from 0 in the order of appending, and which of them were settled.
 *
 * <p>Threading: confined to its store's lock.
 */
final class LetterFile implements AutoCloseable {
    private static final long MAGIC = 0x50454e444c515631L; // "PENDLQV1"

    /** The magic number. */
    static final int HEADER_BYTES = 8;

    private final int number;
    private final Path path;
    private final FileChannel channel;
    private final BitSet settled = new BitSet();
    private long size;

    // Where each letter starts and how many records it has; 12 bytes per letter.
    private long[] offsets = new long[16];
    private int[] records = new int[16];
    private int letters;

    private LetterFile(int number, Path path, FileChannel channel) {
        this.number = number;
        this.path = path;
        this.channel = channel;
    }

    /** Makes an empty file. */
    static LetterFile create(int number, Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        LetterFile file = new LetterFile(number, path, channel);
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).flip();
        writeFully(channel, header, 0);
        file.size = HEADER_BYTES;
        return file;
    }

    /**
     * Opens a file and counts its letters; a torn end, which was never answered for, is cut off.
     *
     * @throws IOException also when this is no file of letters
     */
    static LetterFile open(int number, Path path, Consumer<DeadLetter> visitor) throws IOException {
        LetterFile file =
                new LetterFile(
                        number,
                        path,
                        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            long length = file.channel.size();
            if (length < HEADER_BYTES) {
                // The power went before the header was forced: nothing was ever in it.
                ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).flip();
                writeFully(file.channel, header, 0);
                file.size = HEADER_BYTES;
                return file;
            }
            file.readAll(length, visitor);
            if (file.size < length) {
                file.channel.truncate(file.size);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Opens a file to read it; a torn end, or one that somebody is writing, is left as it is.
     *
     * @throws IOException also when this is no file of letters
     */
    static LetterFile look(int number, Path path, Consumer<DeadLetter> visitor) throws IOException {
        LetterFile file =
                new LetterFile(number, path, FileChannel.open(path, StandardOpenOption.READ));
        try {
            long length = file.channel.size();
            if (length >= HEADER_BYTES) {
                file.readAll(length, visitor);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Visits all letters; the size is then that of the whole ones. */
    private void readAll(long length, Consumer<DeadLetter> visitor) throws IOException {
        if (readFully(channel, 0, HEADER_BYTES).getLong() != MAGIC) {
            throw new IOException(path + " is no file of dead letters that this version reads");
        }
        size = length;
        size = recover(visitor);
    }

    /** Appends letters; they are safe after {@link #force}. On failure the file is as before. */
    void append(List<DeadLetter> fresh) throws IOException {
        long end = size;
        List<Long> starts = new ArrayList<>();
        try {
            for (DeadLetter letter : fresh) {
                starts.add(end);
                end += writeFully(channel, LetterFormat.write(letter), end);
            }
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
        size = end;
        for (int i = 0; i < starts.size(); i++) {
            index(starts.get(i), fresh.get(i).records());
        }
    }

    private void index(long offset, int letterRecords) {
        if (letters == offsets.length) {
            offsets = Arrays.copyOf(offsets, letters * 2);
            records = Arrays.copyOf(records, letters * 2);
        }
        offsets[letters] = offset;
        records[letters++] = letterRecords;
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** Visits every letter, and indexes it; answers where the last whole one ends. */
    private long recover(Consumer<DeadLetter> visitor) throws IOException {
        long at = HEADER_BYTES;
        DeadLetter letter = readAt(at);
        while (letter != null) {
            visitor.accept(letter);
            index(at, letter.records());
            at += LetterFormat.PREFIX_BYTES + lengthAt(at);
            letter = readAt(at);
        }
        return at;
    }

    private int lengthAt(long offset) throws IOException {
        return readFully(channel, offset, Integer.BYTES).getInt();
    }

    /** The letter at an offset, or null where none that is whole stands. */
    private @Nullable DeadLetter readAt(long offset) throws IOException {
        if (offset + LetterFormat.PREFIX_BYTES > size) {
            return null;
        }
        ByteBuffer prefix = readFully(channel, offset, LetterFormat.PREFIX_BYTES);
        int length = prefix.getInt();
        int checksum = prefix.getInt();
        long body = offset + LetterFormat.PREFIX_BYTES;
        if (length <= 0 || body + length > size) {
            return null;
        }
        return LetterFormat.read(readFully(channel, body, length).array(), checksum);
    }

    /** A letter that waits for a person; null when it is settled, or never was. */
    @Nullable DeadLetter find(int ordinal) throws IOException {
        return ordinal < 0 || ordinal >= letters || settled.get(ordinal)
                ? null
                : readAt(offsets[ordinal]);
    }

    int records(int ordinal) {
        return records[ordinal];
    }

    boolean settle(int ordinal) {
        if (ordinal < 0 || ordinal >= letters || settled.get(ordinal)) {
            return false;
        }
        settled.set(ordinal);
        return true;
    }

    boolean allSettled() {
        return letters > 0 && settled.cardinality() == letters;
    }

    BitSet settled() {
        return settled;
    }

    int letters() {
        return letters;
    }

    int number() {
        return number;
    }

    long size() {
        return size;
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static int writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        return length;
    }

    private static ByteBuffer readFully(FileChannel channel, long at, int length)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at + bytes.position());
            if (read < 0) {
                throw new EOFException("file ends at " + (at + bytes.position()));
            }
        }
        return bytes.flip();
    }
}
