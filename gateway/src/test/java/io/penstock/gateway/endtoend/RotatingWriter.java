package io.penstock.gateway.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Appends numbered lines to a log and rotates it now and then: by renaming it, or by copying and
 * truncating it. Between copy and truncation it writes nothing; what other writers write there is
 * lost to everybody, and no reader can help it. Rotated files stay: one that is deleted before it
 * is read is lost to everybody, too.
 *
 * <p>Threading: {@link #run} on a thread of its own; the lines after {@link #end}.
 */
final class RotatingWriter implements Runnable {
    private static final int ROTATE_BYTES = 40_000;

    private final Path file;
    private final boolean copies;
    private final SplittableRandom random;
    private final List<String> written = new ArrayList<>();
    private final Thread thread;
    private volatile boolean ends;
    private int rotations;

    RotatingWriter(Path file, boolean copies, long seed) {
        this.file = file;
        this.copies = copies;
        this.random = new SplittableRandom(seed);
        this.thread = new Thread(this, "writer-" + file.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!ends) {
                write();
                if (Files.size(file) > ROTATE_BYTES) {
                    rotate();
                }
                Thread.sleep(random.nextInt(20));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Some lines, the last of which may come in two pieces. */
    private void write() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        int lines = 1 + random.nextInt(20);
        for (int i = 0; i < lines; i++) {
            String line =
                    "{\"id\":\"%s-%d\",\"fill\":\"%s\"}"
                            .formatted(
                                    file.getFileName(),
                                    written.size(),
                                    "x".repeat(random.nextInt(200)));
            written.add(file.getFileName() + "-" + written.size());
            text.append(line).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        int cut = random.nextInt(bytes.length);
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(bytes, 0, cut);
            Thread.sleep(random.nextInt(3));
            out.write(bytes, cut, bytes.length - cut);
        }
    }

    private void rotate() throws IOException {
        rotations++;
        Path old = file.resolveSibling(file.getFileName() + "." + rotations);
        if (copies) {
            Files.copy(file, old);
            Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        } else {
            Files.move(file, old);
        }
    }

    /** Ends after the present line; how often it rotated. */
    int end() throws InterruptedException {
        ends = true;
        thread.join();
        return rotations;
    }

    /** Ids of the lines written. */
    List<String> written() {
        return written;
    }
}
