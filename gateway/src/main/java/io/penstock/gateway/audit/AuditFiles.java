package io.penstock.gateway.audit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The files of an audit log: {@code audit/audit.jsonl}, which grows, and {@code audit.1.jsonl}, the
 * one before, to {@code audit.7.jsonl}, the oldest. Lines of JSON, oldest first. A line is appended
 * by one write, so that a verb of the command line may write beside a node.
 *
 * <p>Threading: one thread at a time; every method blocks.
 */
public final class AuditFiles {
    /** Files that share the room. */
    public static final int FILES = 8;

    /** Most entries that are read at once. */
    public static final int MAX_LIST = 1000;

    private static final String DIRECTORY = "audit";
    private static final FileAttribute<?> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final long fileBytes;

    /**
     * The files of a data directory.
     *
     * @param maxBytes of all together, about
     */
    public AuditFiles(Path dataDirectory, long maxBytes) {
        this.directory = dataDirectory.resolve(DIRECTORY);
        this.fileBytes = maxBytes / FILES;
    }

    private Path file(int age) {
        return directory.resolve(age == 0 ? "audit.jsonl" : "audit." + age + ".jsonl");
    }

    /** Writes an entry, durably when this returns. */
    public void append(AuditEntry entry) throws IOException {
        Files.createDirectories(directory);
        byte[] line = (entry.json().encode() + "\n").getBytes(StandardCharsets.UTF_8);
        if (Files.exists(file(0)) && Files.size(file(0)) + line.length > fileBytes) {
            rotate();
        }
        try (FileChannel out =
                FileChannel.open(
                        file(0),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        OWNER_ALONE)) {
            ByteBuffer left = ByteBuffer.wrap(line);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(false);
        }
    }

    private void rotate() throws IOException {
        for (int age = FILES - 1; age > 0; age--) {
            if (Files.exists(file(age - 1))) {
                Files.move(file(age - 1), file(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** {@code {"entries":[...]}}: the newest, newest first, at most {@link #MAX_LIST}. */
    public JsonObject newest(int limit) throws IOException {
        int most = Math.max(0, Math.min(limit, MAX_LIST));
        JsonArray entries = new JsonArray();
        for (int age = 0; age < FILES && entries.size() < most; age++) {
            for (String line : lastLines(file(age), most - entries.size())) {
                entries.add(parsed(line));
            }
        }
        return new JsonObject().put("entries", entries);
    }

    /** Newest first. */
    private static Deque<String> lastLines(Path file, int most) throws IOException {
        Deque<String> last = new ArrayDeque<>();
        try (var lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                last.addFirst(line);
                if (last.size() > most) {
                    last.removeLast();
                }
            }
        } catch (NoSuchFileException none) {
            return new ArrayDeque<>(List.of());
        }
        return last;
    }

    /** The end of a line may be missing after a crash. */
    private static JsonObject parsed(String line) {
        try {
            return new JsonObject(line);
        } catch (DecodeException torn) {
            return new JsonObject().put("note", "a line that was not written to its end");
        }
    }
}
