package io.penstock.exporter.sink.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Threads and open handles of this process, as counts. Where the system does not tell (no /proc),
 * handles are 0.
 */
record Resources(int threads, long handles) {

    private static final Path HANDLES = Path.of("/proc/self/fd");

    static Resources now() {
        return new Resources(Thread.getAllStackTraces().size(), countHandles());
    }

    private static long countHandles() {
        if (!Files.isDirectory(HANDLES)) {
            return 0;
        }
        try (Stream<Path> handles = Files.list(HANDLES)) {
            return handles.count();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    boolean noMoreThan(Resources before) {
        return threads <= before.threads && handles <= before.handles;
    }
}
