package io.penstock.gateway.follow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far everything is read and what is under way, in one file: replaced as a whole, forced to the
 * disk, readable by its owner alone. A lock beside it keeps a second follower out.
 *
 * <pre>
 *   {"format":1,"repo":"web","to":"127.0.0.1:4400","producer":"00c0ffee00c0ffee","next":17,
 *    "files":[{"number":1,"device":2049,"inode":131,"path":"/var/log/app.log","offset":8192,
 *              "head":[0,4096,1234],"tail":[7936,256,5678],"vanished":false}],
 *    "copies":[[2049,140,1,8192]],
 *    "under_way":[{"sequence":16,"file":1,"from":4096,"to":8192}]}
 * </pre>
 *
 * <p>Threading: the follower's thread.
 */
final class Checkpoint implements AutoCloseable {
    private static final int FORMAT = 1;
    private static final String FILE = "checkpoint.json";

    private final Path directory;
    private final FileChannel lock;
    private final String repo;
    private final String to;

    /** Files by number. */
    final Map<Long, FollowedFile> files = new TreeMap<>();

    /** Ranges without an answer, by sequence. */
    final TreeMap<Long, Ticket> underWay = new TreeMap<>();

    /** Files that are copies of ones that are followed. */
    final Map<FileKey, Copy> copies = new HashMap<>();

    long producer = draw();
    long next = 1;
    private long lastNumber;

    /**
     * A copy.
     *
     * @param of number of the file that it is a copy of
     * @param bytes up to where it is known to be one
     */
    record Copy(long of, long bytes) {}

    private Checkpoint(Path directory, FileChannel lock, FollowSettings settings) {
        this.directory = directory;
        this.lock = lock;
        this.repo = settings.repo().value();
        this.to = settings.to();
    }

    private static long draw() {
        long id = new SecureRandom().nextLong();
        return id == 0 ? 1 : id;
    }

    /**
     * The checkpoint of a directory, which is made when there is none.
     *
     * @throws FollowException when it is in use, of another repo, or not to be understood
     */
    static Checkpoint open(FollowSettings settings) throws IOException, FollowException {
        Path directory = settings.state();
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel lock = create(directory.resolve("lock"));
        try {
            if (lock.tryLock() == null) {
                throw new FollowException(directory + " is in use by another process");
            }
            Checkpoint checkpoint = new Checkpoint(directory, lock, settings);
            if (Files.exists(directory.resolve(FILE))) {
                checkpoint.read(Files.readString(directory.resolve(FILE)));
            }
            return checkpoint;
        } catch (OverlappingFileLockException here) {
            lock.close();
            throw new FollowException(directory + " is in use by this process");
        } catch (IOException | FollowException failure) {
            lock.close();
            throw failure;
        } catch (RuntimeException garbled) {
            // no JSON, or not what we write
            lock.close();
            throw new FollowException(
                    directory.resolve(FILE) + " is no checkpoint: " + garbled.getMessage());
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    FollowedFile newFile(FileKey key, Path path) {
        FollowedFile file = new FollowedFile(++lastNumber, key, path);
        files.put(file.number, file);
        return file;
    }

    Collection<Ticket> tickets() {
        return underWay.values();
    }

    // ---- out

    /** Replaces the file; what it says is on the disk afterwards. */
    void save() throws IOException {
        byte[] text = json().encode().getBytes(StandardCharsets.UTF_8);
        Path fresh = directory.resolve(FILE + ".new");
        try (FileChannel out = create(fresh)) {
            ByteBuffer bytes = ByteBuffer.wrap(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(
                fresh,
                directory.resolve(FILE),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    private JsonObject json() {
        JsonArray listed = new JsonArray();
        files.values().forEach(file -> listed.add(json(file)));
        JsonArray ranges = new JsonArray();
        for (Ticket each : tickets()) {
            ranges.add(
                    new JsonObject()
                            .put("sequence", each.sequence)
                            .put("file", each.file.number)
                            .put("from", each.from)
                            .put("to", each.to));
        }
        JsonArray known = new JsonArray();
        copies.forEach(
                (key, copy) ->
                        known.add(
                                new JsonArray()
                                        .add(key.device())
                                        .add(key.inode())
                                        .add(copy.of())
                                        .add(copy.bytes())));
        return new JsonObject()
                .put("format", FORMAT)
                .put("repo", repo)
                .put("to", to)
                .put("producer", HexFormat.of().toHexDigits(producer))
                .put("next", next)
                .put("files", listed)
                .put("copies", known)
                .put("under_way", ranges);
    }

    private static JsonObject json(FollowedFile file) {
        return new JsonObject()
                .put("number", file.number)
                .put("device", file.key.device())
                .put("inode", file.key.inode())
                .put("path", file.path.toString())
                .put("offset", file.offset)
                .put("head", json(file.head))
                .put("tail", json(file.tail))
                .put("vanished", file.vanished);
    }

    private static JsonArray json(Mark mark) {
        return new JsonArray().add(mark.from()).add(mark.bytes()).add(mark.crc());
    }

    // ---- in

    private void read(String text) throws FollowException {
        JsonObject kept = new JsonObject(text);
        if (kept.getInteger("format") != FORMAT) {
            throw new FollowException(
                    "the checkpoint is of a newer format than this program knows");
        }
        if (!kept.getString("repo").equals(repo)) {
            throw new FollowException(
                    directory + " is the checkpoint of repo " + kept.getString("repo"));
        }
        JsonArray ranges = kept.getJsonArray("under_way");
        if (!ranges.isEmpty() && !kept.getString("to").equals(to)) {
            throw new FollowException(
                    ranges.size()
                            + " batches without an answer belong to "
                            + kept.getString("to")
                            + ", which alone knows whether it has them");
        }
        producer = HexFormat.fromHexDigitsToLong(kept.getString("producer"));
        next = kept.getLong("next");
        Map<Long, FollowedFile> byNumber = new HashMap<>();
        for (Object each : kept.getJsonArray("files")) {
            FollowedFile file = file((JsonObject) each);
            byNumber.put(file.number, file);
            lastNumber = Math.max(lastNumber, file.number);
        }
        files.putAll(byNumber);
        for (Object each : kept.getJsonArray("copies")) {
            JsonArray copy = (JsonArray) each;
            copies.put(
                    new FileKey(copy.getLong(0), copy.getLong(1)),
                    new Copy(copy.getLong(2), copy.getLong(3)));
        }
        for (Object each : ranges) {
            JsonObject range = (JsonObject) each;
            FollowedFile file = byNumber.get(range.getLong("file"));
            if (file == null) {
                throw new FollowException(
                        "the checkpoint lists a range of a file it does not list");
            }
            long sequence = range.getLong("sequence");
            underWay.put(
                    sequence,
                    new Ticket(sequence, file, range.getLong("from"), range.getLong("to")));
        }
    }

    private static FollowedFile file(JsonObject kept) {
        FollowedFile file =
                new FollowedFile(
                        kept.getLong("number"),
                        new FileKey(kept.getLong("device"), kept.getLong("inode")),
                        Path.of(kept.getString("path")));
        file.offset = kept.getLong("offset");
        file.head = mark(kept.getJsonArray("head"));
        file.tail = mark(kept.getJsonArray("tail"));
        file.vanished = kept.getBoolean("vanished");
        return file;
    }

    private static Mark mark(JsonArray kept) {
        return new Mark(kept.getLong(0), kept.getInteger(1), kept.getInteger(2));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
