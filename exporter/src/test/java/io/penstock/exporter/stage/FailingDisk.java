package io.penstock.exporter.stage;

import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.MappedRegion;
import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A disk whose forces fail while the test says so. */
final class FailingDisk implements Storage {
    volatile boolean forcesFail;
    private final Storage disk = new DiskStorage();

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public StorageFile create(Path path, long bytes) throws IOException {
        return new FailingFile(disk.create(path, bytes));
    }

    @Override
    public StorageFile open(Path path, Access access) throws IOException {
        return new FailingFile(disk.open(path, access));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public Closeable lock(Path path) throws IOException {
        return disk.lock(path);
    }

    private final class FailingFile implements StorageFile {
        private final StorageFile file;

        FailingFile(StorageFile file) {
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
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            file.write(position, source, offset, length);
        }

        @Override
        public void resize(long bytes) throws IOException {
            file.resize(bytes);
        }

        @Override
        public void force() throws IOException {
            if (forcesFail) {
                throw new IOException("Input/output error");
            }
            file.force();
        }

        @Override
        public MappedRegion map() throws IOException {
            return file.map();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
