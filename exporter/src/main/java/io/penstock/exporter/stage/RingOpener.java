package io.penstock.exporter.stage;

import io.penstock.exporter.ring.Ring;
import java.io.IOException;
import java.nio.file.Path;

/** How the registry gets at a repo's ring; says nothing about where it lies or how it is made. */
@FunctionalInterface
public interface RingOpener {
    /**
     * Opens the ring in a directory, making its files where there are none. Blocking; called on a
     * {@code penstock-stages} thread, never twice at a time for one directory.
     *
     * @param directory exists
     */
    Ring open(Path directory) throws IOException;
}
