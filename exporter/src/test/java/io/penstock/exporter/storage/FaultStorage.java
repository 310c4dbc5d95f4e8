package io.penstock.exporter.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The real file system with one fault in it: the n-th operation fails, and from then on, as after a
 * crash of the machine's disk, either all do or none. A failing write or resize is torn: half of it
 * is done. Forces may be skipped, for tests that are not about them.
 */
public final class FaultStorage implements Storage {

    /** What can fail. */
    public enum Operation {
        CREATE,
        OPEN,
        WRITE,
        RESIZE,
        FORCE,
        FORCE_DIRECTORY,
        MAP,
        RENAME,
        DELETE
    }

    private final DiskStorage storage = new DiskStorage();
    private boolean skipForces;
    private volatile Predicate<Operation> fault = operation -> false;
    private volatile @Nullable Runnable betweenPages;
    private boolean sticky;
    private boolean broken;
    private int operations;

    /** Makes force a no-op, which is much faster. */
    public FaultStorage withoutForces() {
        skipForces = true;
        return this;
    }

    /** Fails the n-th operation from now on (from 1); when sticky, all that follow too. */
    public void failNth(int nth, boolean failAllAfter) {
        operations = 0;
        broken = false;
        sticky = failAllAfter;
        fault = operation -> operations == nth;
    }

    /** Fails every operation of a kind. */
    public void failAll(Operation kind) {
        sticky = false;
        fault = operation -> operation == kind;
    }

    /** Writes page by page, as the kernel does, and calls back after each of a later write. */
    public void afterEachPage(Runnable look) {
        betweenPages = look;
    }

    /** Works again. */
    public void heal() {
        broken = false;
        sticky = false;
        betweenPages = null;
        fault = operation -> false;
    }

    /** Operations since {@link #failNth}. */
    public int operations() {
        return operations;
    }

    private boolean fails(Operation operation) {
        operations++;
        if (fault.test(operation)) {
            broken = sticky;
            return true;
        }
        return broken;
    }

    private void check(Operation operation, Path path) throws IOException {
        if (fails(operation)) {
            throw new IOException(
                    operation + " of " + path + ": injected: No space left on device");
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        storage.createDirectories(directory);
    }

    @Override
    public boolean exists(Path path) {
        return storage.exists(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return storage.list(directory);
    }

    @Override
    public StorageFile create(Path path, long bytes) throws IOException {
        check(Operation.CREATE, path);
        return new FaultFile(path, storage.create(path, bytes));
    }

    @Override
    public StorageFile open(Path path, Access access) throws IOException {
        check(Operation.OPEN, path);
        return new FaultFile(path, storage.open(path, access));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        check(Operation.RENAME, from);
        storage.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        if (!storage.exists(path)) {
            return;
        }
        check(Operation.DELETE, path);
        storage.delete(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        check(Operation.FORCE_DIRECTORY, directory);
        if (!skipForces) {
            storage.forceDirectory(directory);
        }
    }

    @Override
    public Closeable lock(Path path) throws IOException {
        return storage.lock(path);
    }

    private final class FaultFile implements StorageFile {
        private final Path path;
        private final StorageFile file;

        FaultFile(Path path, StorageFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            return file.read(position, target, offset, length);
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            if (fails(Operation.WRITE)) {
                file.write(position, source.limit(source.position() + source.remaining() / 2));
                throw new IOException("injected: torn write of " + path);
            }
            Runnable look = betweenPages;
            if (look == null) {
                file.write(position, source);
            } else {
                writePages(position, source, look);
            }
        }

        private void writePages(long position, ByteBuffer source, Runnable look)
                throws IOException {
            int end = source.limit();
            long at = position;
            while (source.position() < end) {
                int rest = (int) (MappedRegion.PAGE_BYTES - at % MappedRegion.PAGE_BYTES);
                source.limit(Math.min(end, source.position() + rest));
                int piece = source.remaining();
                file.write(at, source);
                at += piece;
                look.run();
            }
        }

        @Override
        public void resize(long bytes) throws IOException {
            if (fails(Operation.RESIZE)) {
                file.resize((bytes + file.size()) / 2);
                throw new IOException("injected: torn resize of " + path);
            }
            file.resize(bytes);
        }

        @Override
        public void force() throws IOException {
            check(Operation.FORCE, path);
            if (!skipForces) {
                file.force();
            }
        }

        @Override
        public MappedRegion map() throws IOException {
            check(Operation.MAP, path);
            return file.map();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
