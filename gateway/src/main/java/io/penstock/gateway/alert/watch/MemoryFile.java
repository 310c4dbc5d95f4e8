package io.penstock.gateway.alert.watch;

import io.penstock.gateway.alert.Memory;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code alerts.json} in the data directory: replaced whole, so that a crash leaves the old or the
 * new one. One that cannot be read is left out: then what fires is told again.
 *
 * <p>Threading: one thread at a time; blocks.
 */
final class MemoryFile {
    /** A longer one is not ours: 500 events and 1,000 alerts of some hundred bytes each. */
    static final long MAX_BYTES = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(MemoryFile.class);
    private static final String NAME = "alerts.json";

    private final Path file;

    MemoryFile(Path dataDirectory) {
        this.file = dataDirectory.resolve(NAME);
    }

    /** Empty when there is none, or none that can be read. */
    Optional<Memory> read() throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                LOG.warn("{} is too long and is left out", file);
                return Optional.empty();
            }
            String text = Files.readString(file);
            return Optional.of(MemoryJson.read(new JsonObject(text)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (RuntimeException damaged) {
            LOG.warn("{} cannot be read and is left out: {}", file, damaged.getMessage());
            return Optional.empty();
        }
    }

    void write(Memory memory) throws IOException {
        Path fresh = file.resolveSibling(NAME + ".new");
        byte[] bytes = MemoryJson.write(memory).encode().getBytes(StandardCharsets.UTF_8);
        try (FileChannel out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
