package io.penstock.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes the files that a file sink has published, as a consumer of them would, so that a long
 * bench does not fill the disk. Files that are still written end in {@code .part}.
 */
final class Sweeper implements AutoCloseable {
    private static final long EVERY_MS = 500;
    private static final long ENDS_WITHIN_MS = 10_000;
    private static final String UNFINISHED = ".part";

    private final Path directory;
    private final Thread thread;
    private volatile String trouble = "";

    private Sweeper(Path directory) {
        this.directory = directory;
        this.thread = new Thread(this::sweep, "sweep-files");
        thread.setDaemon(true);
    }

    /** Sweeps the files of a gateway whose directory this is. */
    static Sweeper start(Path gateway) {
        Sweeper sweeper = new Sweeper(gateway.resolve("files"));
        sweeper.thread.start();
        return sweeper;
    }

    /** Fails when a file could not be removed. */
    void check() throws IOException {
        if (!trouble.isEmpty()) {
            throw new IOException("published files cannot be removed: " + trouble);
        }
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(EVERY_MS);
                if (Files.isDirectory(directory)) {
                    removePublished();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (IOException | UncheckedIOException e) {
            trouble = e.toString();
        }
    }

    private void removePublished() throws IOException {
        List<Path> published;
        try (Stream<Path> files = Files.walk(directory)) {
            published =
                    files.filter(file -> !file.toString().endsWith(UNFINISHED))
                            .filter(Files::isRegularFile)
                            .toList();
        }
        for (Path file : published) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        try {
            thread.join(ENDS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is a daemon
        }
        check();
    }
}
