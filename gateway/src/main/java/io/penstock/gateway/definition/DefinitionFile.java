package io.penstock.gateway.definition;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions of a node in one file: a line with the format, the CRC-32C and the length of what
 * follows, then JSON. A new state is written beside it, forced, and renamed over it, so that there
 * is always one whole file. It may be read by its owner alone, since entries hold secrets.
 *
 * <p>Threading: one thread at a time; every method blocks.
 */
final class DefinitionFile {
    /** Its name in the data directory. */
    static final String NAME = "exports.json";

    /** The format that is written. */
    static final int FORMAT = 1;

    /** No more is written or read. */
    static final int MAX_BYTES = 16 << 20;

    private static final Pattern HEAD =
            Pattern.compile("penstock-exports ([0-9]{1,6}) ([0-9a-f]{8}) ([0-9]{1,9})\n");
    private static final Pattern FORMAT_ONLY = Pattern.compile("penstock-exports ([0-9]{1,6})\\b");
    private static final int HEAD_BYTES = 64;

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionFile.class);

    private final Path path;
    private final Path fresh;

    /** The file of a data directory. */
    DefinitionFile(Path dataDirectory) {
        this.path = dataDirectory.toAbsolutePath().resolve(NAME);
        this.fresh = path.resolveSibling(NAME + ".new");
    }

    /**
     * What the file says. One that is damaged is put aside under another name, which is logged: the
     * node goes on without its exports, whose cursors keep their places.
     *
     * @throws NewerFormatException when a later version wrote it; it is left as it is
     */
    List<ExportDefinition> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try {
            return parse();
        } catch (Damaged damaged) {
            Path aside = path.resolveSibling(NAME + ".damaged-" + System.currentTimeMillis());
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory();
            LOG.error(
                    "{} is damaged ({}) and put aside as {}; the exports made by request do not"
                            + " run, their data is kept: make them again",
                    path,
                    damaged.getMessage(),
                    aside.getFileName());
            return List.of();
        }
    }

    /** The file cannot be what was written. */
    private static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String what) {
            super(what);
        }

        Damaged(String what, Throwable cause) {
            super(what, cause);
        }
    }

    private List<ExportDefinition> parse() throws IOException, Damaged {
        long size = Files.size(path);
        if (size > MAX_BYTES + HEAD_BYTES) {
            throw new Damaged(size + " bytes long");
        }
        byte[] all = Files.readAllBytes(path);
        String start =
                new String(all, 0, Math.min(all.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        Matcher format = FORMAT_ONLY.matcher(start);
        if (format.lookingAt() && Integer.parseInt(format.group(1)) > FORMAT) {
            throw new NewerFormatException(path, Integer.parseInt(format.group(1)));
        }
        Matcher head = HEAD.matcher(start);
        if (!head.lookingAt()) {
            throw new Damaged("its first line is not that of such a file");
        }
        int from = head.end();
        int length = Integer.parseInt(head.group(3));
        if (all.length - from != length) {
            throw new Damaged((all.length - from) + " bytes instead of " + length);
        }
        if (!head.group(2).equals(checksum(all, from, length))) {
            throw new Damaged("its checksum does not fit");
        }
        return definitions(new String(all, from, length, StandardCharsets.UTF_8));
    }

    private static String checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static List<ExportDefinition> definitions(String json) throws Damaged {
        try {
            List<ExportDefinition> definitions = new ArrayList<>();
            for (Object each : new JsonObject(json).getJsonArray("exports")) {
                definitions.add(DefinitionJson.read((JsonObject) each));
            }
            return definitions;
        } catch (DecodeException
                | IllegalArgumentException
                | ClassCastException
                | NullPointerException wrong) {
            throw new Damaged("not the JSON of definitions: " + wrong.getMessage(), wrong);
        }
    }

    /**
     * Writes a new state, which is durable when this returns.
     *
     * @throws IOException when it cannot be, or would be too long; the old state stays
     */
    void write(Collection<ExportDefinition> definitions) throws IOException {
        JsonArray exports = new JsonArray();
        for (ExportDefinition definition : definitions) {
            exports.add(DefinitionJson.json(definition));
        }
        byte[] body =
                (new JsonObject().put("exports", exports).encodePrettily() + "\n")
                        .getBytes(StandardCharsets.UTF_8);
        if (body.length > MAX_BYTES) {
            throw new IOException(
                    path + " would have " + body.length + " bytes; it may have " + MAX_BYTES);
        }
        String head =
                "penstock-exports %d %s %d\n"
                        .formatted(FORMAT, checksum(body, 0, body.length), body.length);
        save(head.getBytes(StandardCharsets.US_ASCII), body);
    }

    private void save(byte[] head, byte[] body) throws IOException {
        Files.deleteIfExists(fresh);
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            for (byte[] part : List.of(head, body)) {
                ByteBuffer left = ByteBuffer.wrap(part);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
            }
            channel.force(true);
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
    }

    private void forceDirectory() throws IOException {
        try (FileChannel directory =
                FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
