package io.penstock.exporter.storage;

import java.io.IOException;
import java.nio.file.Path;

/** A lock is held by somebody else. */
public final class LockedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Names the lock file. */
    public LockedException(Path path) {
        super(path + " is in use by another process");
    }
}
