package io.penstock.gateway.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Counts the starts of a node, in a file of its data directory, so that a later start has a larger
 * number whatever the clock says.
 *
 * <p>Threading: confined to one thread; blocks.
 */
final class Incarnation {
    private static final String NAME = "incarnation";

    private Incarnation() {}

    /** The number of this start: one more than that of the last one. Forced to the disk. */
    static long next(Path dataDirectory) throws IOException {
        Path directory = dataDirectory.resolve("cluster");
        Files.createDirectories(directory);
        Path file = directory.resolve(NAME);
        long number = last(file) + 1;
        Path fresh = directory.resolve(NAME + ".new");
        try (FileChannel out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer text = ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.UTF_8));
            while (text.hasRemaining()) {
                out.write(text);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entry = FileChannel.open(directory)) {
            entry.force(true);
        }
        return number;
    }

    private static long last(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException damaged) {
            throw new IOException(
                    file + ": '" + text + "' is no number; write one larger than ever before",
                    damaged);
        }
    }
}
