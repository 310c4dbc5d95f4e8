package io.penstock.gateway.boot;

import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.LockedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The directory under which everything of a node lies, held by one process at a time.
 *
 * <pre>
 *   lock          held as long as a process uses the directory
 *   node.json     who that is
 *   exports.json  exports that were made by request, and what is paused
 *   repos/        one directory per repo
 *   history/      the last weeks of this node
 *   reports/      reports, unless they are written elsewhere
 *   cluster/      what a node of a cluster must not forget
 * </pre>
 *
 * <p>Threading: any thread; every method blocks.
 */
public final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final Closeable lock;
    private NodeFile holder;

    private DataDirectory(Path root, Closeable lock, NodeFile holder) {
        this.root = root;
        this.lock = lock;
        this.holder = holder;
    }

    /**
     * Makes the directory where there is none, and locks it.
     *
     * @param node name of the node, told to others who want the directory
     * @throws StartException naming key, path and reason, and the holder when it is in use
     */
    public static DataDirectory open(Path root, String node) throws StartException {
        @Nullable Closeable lock = null;
        try {
            Files.createDirectories(root);
            lock = new DiskStorage().lock(lockOf(root));
            NodeFile holder =
                    new NodeFile(
                            ProcessHandle.current().pid(),
                            node,
                            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                            "",
                            "");
            holder.write(root);
            return new DataDirectory(root, lock, holder);
        } catch (LockedException inUse) {
            String who = NodeFile.read(root).map(NodeFile::toString).orElse("another process");
            throw new StartException(key(root) + "in use by " + who, inUse);
        } catch (IOException failure) {
            release(lock, failure);
            throw new StartException(key(root) + reason(failure), failure);
        }
    }

    private static String key(Path root) {
        return "node.data_dir: " + root + ": ";
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied (" + denied.getFile() + ")";
        } else if (failure instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is not a directory";
        } else if (failure instanceof FileSystemException with && with.getReason() != null) {
            return with.getReason() + " (" + with.getFile() + ")";
        }
        return String.valueOf(failure.getMessage());
    }

    private static void release(@Nullable Closeable lock, IOException cause) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException alsoFailed) {
                cause.addSuppressed(alsoFailed);
            }
        }
    }

    /** Tells others where this node listens. */
    void announce(String admin, String data) throws IOException {
        holder = holder.at(admin, data);
        holder.write(root);
    }

    /** The lock file of a data directory. */
    public static Path lockOf(Path root) {
        return root.resolve("lock");
    }

    /** Where repos lie. */
    public Path repos() {
        return reposUnder(root);
    }

    /** Where repos lie under a data directory that need not be open. */
    public static Path reposUnder(Path root) {
        return root.resolve("repos");
    }

    @Override
    public void close() throws IOException {
        NodeFile.delete(root);
        lock.close();
    }
}
