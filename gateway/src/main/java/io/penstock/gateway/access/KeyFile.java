package io.penstock.gateway.access;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys in one file, JSON that people may look at. A new state is written beside it, forced, and
 * renamed over it, so that whoever reads sees one state as a whole; who changes it holds a lock
 * file beside it, so that a node and a verb of the command line, or two nodes that share the file,
 * do not undo each other's changes. It may be read by its owner alone.
 *
 * <p>Threading: any thread; every method blocks.
 */
public final class KeyFile {
    /** Most keys, revoked ones included. */
    public static final int MAX_KEYS = 10_000;

    /** No more is written or read. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int FORMAT = 1;
    private static final long LOCK_WAIT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOCK_LOOK_MS = 20;
    private static final FileAttribute<?> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;

    /** A file that need not be there yet. */
    public KeyFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Something done to the keys, which are given as they are and returned as they shall be. */
    @FunctionalInterface
    interface Change {
        List<Key> apply(List<Key> keys);
    }

    /**
     * What differs when the file was written: a renamed file is another one, whatever its time.
     *
     * @return equal texts for one state
     */
    String stamp() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return now.fileKey() + " " + now.lastModifiedTime() + " " + now.size();
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    /**
     * The keys; none when there is no file.
     *
     * @throws IOException when it cannot be read, or is not such a file; it names the file
     */
    @SuppressWarnings("UnusedException") // it may repeat what stands in the file
    public List<Key> read() throws IOException {
        byte[] text;
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new IOException(path + " has more than " + MAX_BYTES + " bytes");
            }
            text = Files.readAllBytes(path);
        } catch (NoSuchFileException none) {
            return List.of();
        }
        try {
            return parse(new JsonObject(new String(text, StandardCharsets.UTF_8)));
        } catch (DecodeException
                | IllegalArgumentException
                | ClassCastException
                | DateTimeException
                | NullPointerException wrong) {
            throw new IOException(path + " is no file of keys, or damaged");
        }
    }

    private static List<Key> parse(JsonObject json) {
        int format = json.getInteger("penstock_keys");
        if (format != FORMAT) {
            throw new IllegalArgumentException("format " + format);
        }
        List<Key> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Object each : json.getJsonArray("keys")) {
            Key key = KeyJson.read((JsonObject) each);
            if (!ids.add(key.id()) || keys.size() == MAX_KEYS) {
                throw new IllegalArgumentException("one id twice, or too many keys");
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    /**
     * Changes the keys, durably when this returns.
     *
     * @return what they are then
     * @throws IOException when it is not done; the file is as it was
     */
    List<Key> change(Change change) throws IOException {
        Path directory = path.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (FileChannel lockFile =
                        FileChannel.open(
                                path.resolveSibling(path.getFileName() + ".lock"),
                                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                OWNER_ALONE);
                FileLock held = lock(lockFile)) {
            if (!held.isValid()) {
                throw new IOException("the lock of " + path + " is not held");
            }
            List<Key> after = change.apply(read());
            write(after);
            return after;
        }
    }

    private FileLock lock(FileChannel file) throws IOException {
        long endNs = System.nanoTime() + LOCK_WAIT_NS;
        while (System.nanoTime() < endNs) {
            FileLock held = tried(file);
            if (held != null) {
                return held;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOCK_LOOK_MS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while somebody else changes " + path, ended);
            }
        }
        throw new IOException("somebody else has been changing " + path + " for 5 s");
    }

    private static @Nullable FileLock tried(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private void write(List<Key> keys) throws IOException {
        JsonArray all = new JsonArray();
        keys.forEach(key -> all.add(KeyJson.kept(key)));
        JsonObject json = new JsonObject().put("penstock_keys", FORMAT).put("keys", all);
        byte[] text = (json.encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8);
        if (text.length > MAX_BYTES || keys.size() > MAX_KEYS) {
            throw new IOException(
                    path + " may have " + MAX_KEYS + " keys and " + MAX_BYTES + " bytes");
        }
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel out =
                FileChannel.open(
                        fresh,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        OWNER_ALONE)) {
            ByteBuffer left = ByteBuffer.wrap(text);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory =
                FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
