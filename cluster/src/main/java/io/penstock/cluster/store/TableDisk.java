package io.penstock.cluster.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps on the file system that keeping a table takes, one by one, so that each can be made to
 * fail.
 *
 * <p>Threading: any thread; every method may block.
 */
interface TableDisk {

    void createDirectories(Path directory) throws IOException;

    /** What lies in a directory, sorted by name. */
    List<Path> list(Path directory) throws IOException;

    long size(Path file) throws IOException;

    byte[] read(Path file) throws IOException;

    /** Makes the file, or makes it anew, with this content. */
    void write(Path file, byte[] content) throws IOException;

    /** Makes the content of a file survive a loss of power. */
    void force(Path file) throws IOException;

    /** Gives a file another name, atomically, in place of what bears it. */
    void rename(Path from, Path to) throws IOException;

    /** Makes names in a directory survive a loss of power. */
    void forceDirectory(Path directory) throws IOException;

    /** Deletes a file; no error when there is none. */
    void delete(Path file) throws IOException;

    /** The lock of that file, among processes; null when another one has it. Never waits. */
    @Nullable Closeable tryLock(Path file) throws IOException;
}
