package io.penstock.cluster.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The real file system on which the n-th step fails, and on wish everything after it too, as in a
 * crash. A write that fails is torn: half of it is done. A rename that fails may have happened.
 */
final class FaultyDisk implements TableDisk {

    private final LocalDisk disk = new LocalDisk();
    private int failAt = Integer.MAX_VALUE;
    private boolean crash;
    private boolean renamesAnyway;
    private int steps;
    private volatile @Nullable CountDownLatch hang;

    void failNth(int nth, boolean crashes, boolean renames) {
        steps = 0;
        failAt = nth;
        crash = crashes;
        renamesAnyway = renames;
    }

    void heal() {
        failAt = Integer.MAX_VALUE;
    }

    /** Whether the fault was met. */
    boolean met() {
        return steps >= failAt;
    }

    void hangUntil(CountDownLatch latch) {
        hang = latch;
    }

    private boolean fails() {
        CountDownLatch latch = hang;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        steps++;
        return steps == failAt || (crash && steps > failAt);
    }

    private void check(String step) throws IOException {
        if (fails()) {
            throw new IOException("injected: " + step);
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        check("create directory");
        disk.createDirectories(directory);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        check("list");
        return disk.list(directory);
    }

    @Override
    public long size(Path file) throws IOException {
        check("size");
        return disk.size(file);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        check("read");
        return disk.read(file);
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        if (fails()) {
            disk.write(file, Arrays.copyOf(content, content.length / 2));
            throw new IOException("injected: torn write");
        }
        disk.write(file, content);
    }

    @Override
    public void force(Path file) throws IOException {
        check("force");
        disk.force(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        boolean fails = fails();
        if (!fails || renamesAnyway) {
            disk.rename(from, to);
        }
        if (fails) {
            throw new IOException("injected: rename");
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        check("force directory");
        disk.forceDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        check("delete");
        disk.delete(file);
    }

    @Override
    public @Nullable Closeable tryLock(Path file) throws IOException {
        check("lock");
        return disk.tryLock(file);
    }
}
