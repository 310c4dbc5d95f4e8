package io.penstock.exporter.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file system as the data plane sees it. A full disk, a broken one and a missing file are
 * {@link IOException}s.
 *
 * <p>Threading: any thread; every method may block.
 */
public interface Storage {

    /** How a file is opened. */
    enum Access {
        /** Nothing will be changed; mappings are read only. */
        READ,
        /** For reading and writing; mappings are shared with the file. */
        WRITE
    }

    /** Makes a directory and those above it; no error when it is there. */
    void createDirectories(Path directory) throws IOException;

    /** Whether there is a file or directory. */
    boolean exists(Path path);

    /** What lies in a directory, sorted by name; nothing when there is no such directory. */
    List<Path> list(Path directory) throws IOException;

    /**
     * Makes a new file of {@code bytes} zeros, all of them written, so that its blocks are
     * allocated. When that fails, no file remains.
     */
    StorageFile create(Path path, long bytes) throws IOException;

    /** Opens a file that is there. */
    StorageFile open(Path path, Access access) throws IOException;

    /** Gives a file a new name, replacing what bears it, atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty directory; no error when there is none. */
    void delete(Path path) throws IOException;

    /** Makes creations, renames and deletions in a directory survive a loss of power. */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Takes the lock that marks a directory as being in use, until the answer is closed. Dies with
     * the process.
     *
     * @throws LockedException when another process, or another part of this one, holds it
     */
    Closeable lock(Path path) throws IOException;
}
