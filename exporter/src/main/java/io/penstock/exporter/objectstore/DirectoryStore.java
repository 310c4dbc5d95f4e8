package io.penstock.exporter.objectstore;

import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Objects as files below a directory. What is being written bears a name that begins with a dot,
 * which readers of data sets pass over, beside its final place; a rename publishes it.
 *
 * <p>Threading: any thread.
 */
public final class DirectoryStore implements ObjectStore {

    private static final String SCRATCH_SUFFIX = ".tmp";

    private final Storage storage;
    private final Path root;

    /** A store below {@code root}, which is made when something is published. */
    public DirectoryStore(Storage storage, Path root) {
        this.storage = storage;
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public Path scratch(String key) throws IOException {
        Path file = root.resolve(key);
        storage.createDirectories(directory(file));
        return file.resolveSibling("." + file.getFileName() + SCRATCH_SUFFIX);
    }

    @Override
    public Published publish(String key) throws IOException {
        Path file = root.resolve(key);
        Path scratch = scratch(key);
        if (storage.exists(file)) {
            storage.delete(scratch);
            return Published.WAS_THERE;
        }
        storage.rename(scratch, file);
        force(directory(file));
        return Published.NEW;
    }

    @Override
    public void mark(String key) throws IOException {
        Path file = root.resolve(key);
        if (!storage.exists(file)) {
            storage.createDirectories(directory(file));
            storage.create(file, 0).close();
            force(directory(file));
        }
    }

    /** The directories above may be new, too. */
    private void force(Path deepest) throws IOException {
        Path each = deepest;
        while (each != null && each.startsWith(root)) {
            storage.forceDirectory(each);
            each = each.getParent();
        }
    }

    private static Path directory(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no directory holds " + file);
        }
        return parent;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
