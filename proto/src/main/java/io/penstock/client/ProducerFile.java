package io.penstock.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;

/**
 * The identity of a producer, kept in a file so that the next process goes on with it: a line with
 * its id as 16 hex digits, a line with the next sequence. Sequences are reserved there in blocks
 * before they are used: after a crash some are left out, but none is given to two batches, the
 * second of which would be taken for a retry. One file is for one repo at one server.
 *
 * <p>A file beside it, {@code <name>.lock}, is locked while the identity is in use: a second
 * process with the same one is refused.
 *
 * <p>Threading: any thread. Every 64th sequence writes the file on the thread that asks.
 */
public final class ProducerFile implements AutoCloseable {
    /** Far below the jump that a server accepts. */
    private static final int BLOCK = 64;

    private final Path file;
    private final FileChannel lock;
    private final long id;
    private long next;
    private long reserved;

    private ProducerFile(Path file, FileChannel lock, long id, long next) {
        this.file = file;
        this.lock = lock;
        this.id = id;
        this.next = next;
        this.reserved = next;
    }

    /**
     * The identity in a file, which is made when there is none.
     *
     * @throws IOException when the file cannot be read, does not hold one, or is in use
     */
    public static ProducerFile open(Path file) throws IOException {
        FileChannel lock =
                FileChannel.open(
                        file.resolveSibling(file.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            lock(lock, file);
            if (!Files.exists(file)) {
                return new ProducerFile(file, lock, Producer.drawId(), 1);
            }
            List<String> lines = Files.readAllLines(file);
            return new ProducerFile(
                    file,
                    lock,
                    HexFormat.fromHexDigitsToLong(lines.get(0)),
                    Long.parseLong(lines.get(1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOne) {
            lock.close();
            throw new IOException(
                    file
                            + " is no producer file: a line with 16 hex digits, a line with the next"
                            + " sequence",
                    notOne);
        } catch (IOException failure) {
            lock.close();
            throw failure;
        }
    }

    private static void lock(FileChannel lock, Path file) throws IOException {
        try {
            if (lock.tryLock() == null) {
                throw new IOException(file + " is in use by another process");
            }
        } catch (OverlappingFileLockException here) {
            throw new IOException(file + " is in use by this process", here);
        }
    }

    Producer producer() {
        return new Producer(id, this::nextSequence, true);
    }

    /** The number; not 0. */
    public long id() {
        return id;
    }

    /** The next sequence. */
    synchronized long nextSequence() {
        if (next >= reserved) {
            save(next + BLOCK);
            reserved = next + BLOCK;
        }
        return next++;
    }

    private void save(long nextForOthers) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, HexFormat.of().toHexDigits(id) + "\n" + nextForOthers + "\n");
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot keep the sequence in " + file, failure);
        }
    }

    /** Gives back what was reserved and not used, and unlocks. The client is closed before. */
    @Override
    public synchronized void close() throws IOException {
        save(next);
        lock.close();
    }
}
