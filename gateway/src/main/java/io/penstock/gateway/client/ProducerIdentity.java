package io.penstock.gateway.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who pushes: a number drawn at random, and the sequences of its batches. Kept in a file, it goes
 * on in the next process. Sequences are reserved there in blocks before they are used: after a
 * crash some are left out, but none is given to two batches, the second of which would be taken for
 * a retry.
 *
 * <p>Threading: confined to one thread.
 */
public final class ProducerIdentity implements LongSupplier, AutoCloseable {
    /** Far below the jump that a server accepts. */
    private static final int BLOCK = 64;

    private final @Nullable Path file;
    private final long id;
    private long next;
    private long reserved;

    private ProducerIdentity(@Nullable Path file, long id, long next) {
        this.file = file;
        this.id = id;
        this.next = next;
        this.reserved = file == null ? Long.MAX_VALUE : next;
    }

    /** One for this process only. */
    public static ProducerIdentity fresh() {
        return new ProducerIdentity(null, drawId(), 1);
    }

    /**
     * The one in a file, which is made when there is none.
     *
     * @throws IOException when the file cannot be read or does not hold one
     */
    public static ProducerIdentity kept(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new ProducerIdentity(file, drawId(), 1);
        }
        List<String> lines = Files.readAllLines(file);
        try {
            return new ProducerIdentity(
                    file,
                    HexFormat.fromHexDigitsToLong(lines.get(0)),
                    Long.parseLong(lines.get(1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOne) {
            throw new IOException(
                    file
                            + " is no producer file: a line with 16 hex digits, a line with the next"
                            + " sequence",
                    notOne);
        }
    }

    private static long drawId() {
        long id = new SecureRandom().nextLong();
        return id == 0 ? 1 : id;
    }

    /** The number; not 0. */
    public long id() {
        return id;
    }

    /** The next sequence. */
    @Override
    public long getAsLong() {
        if (next >= reserved) {
            reserved = next + BLOCK;
            save(reserved);
        }
        return next++;
    }

    private void save(long nextForOthers) {
        Path kept = file;
        if (kept == null) {
            return;
        }
        try {
            Path fresh = kept.resolveSibling(kept.getFileName() + ".new");
            Files.writeString(fresh, HexFormat.of().toHexDigits(id) + "\n" + nextForOthers + "\n");
            Files.move(fresh, kept, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot keep the sequence in " + kept, failure);
        }
    }

    /** Gives back what was reserved and not used. */
    @Override
    public void close() {
        save(next);
    }
}
