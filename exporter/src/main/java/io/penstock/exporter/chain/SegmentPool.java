package io.penstock.exporter.chain;

import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentFile;
import io.penstock.exporter.segment.SegmentHeader;
import io.penstock.exporter.storage.DiskBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ring's segment files, as far as space is concerned: makes them within the budgets of the ring
 * and of the node, keeps spare ones, gives space back.
 *
 * <p>Threading: confined to one thread at a time (the maintenance lock), except {@link #files}.
 */
public final class SegmentPool {
    /** Files per ring at the most; each is a descriptor and a mapping. */
    public static final int MAX_FILES = 65_536;

    /** With fewer files than this a ring cannot go on. */
    private static final int ESSENTIAL_FILES = 2;

    private final RingFiles names;
    private final SegmentGeometry geometry;
    private final int maxFiles;
    private final DiskBudget disk;
    private final LongSupplier random;
    private final LongSupplier nowMs;
    private final ArrayDeque<SegmentFile> spares = new ArrayDeque<>();
    private final Set<SegmentFile> files = ConcurrentHashMap.newKeySet();
    private int lastNumber;

    /**
     * A pool without files yet.
     *
     * @param maxFiles what the ring's own budget pays for
     * @param disk the node's budget
     * @param random draws salts
     */
    public SegmentPool(
            RingFiles names,
            SegmentGeometry geometry,
            int maxFiles,
            DiskBudget disk,
            LongSupplier random,
            LongSupplier nowMs) {
        this.names = names;
        this.geometry = geometry;
        this.maxFiles = maxFiles;
        this.disk = disk;
        this.random = random;
        this.nowMs = nowMs;
    }

    /** Segment files at present, in use or spare. */
    public int files() {
        return files.size();
    }

    /** Takes charge of a file that was there when the ring was opened. */
    public void found(SegmentFile file) {
        files.add(file);
        disk.charge(geometry.segmentBytes());
    }

    /**
     * A segment with a file of its own: a spare one, or a new one if the budgets allow it.
     *
     * @return the segment, or null when a budget is spent
     * @throws IOException when the file cannot be made: no space, most likely
     */
    public @Nullable Segment obtain(long index) throws IOException {
        SegmentFile file = spares.poll();
        if (file == null && !reserve()) {
            return null;
        }
        if (file == null) {
            file = create();
        }
        try {
            return file.format(header(index));
        } catch (IOException e) {
            delete(file);
            throw e;
        }
    }

    /** Whether {@link #obtain} would find neither a spare file nor the budget for another. */
    public boolean isSpent() {
        return spares.isEmpty()
                && (files() >= maxFiles
                        || !disk.hasRoom(geometry.segmentBytes(), files() >= ESSENTIAL_FILES));
    }

    private boolean reserve() {
        boolean large = files() >= ESSENTIAL_FILES;
        return files() < maxFiles && disk.reserve(geometry.segmentBytes(), large);
    }

    private SegmentFile create() throws IOException {
        try {
            SegmentFile file =
                    SegmentFile.create(names.storage(), freeName(), geometry.segmentBytes());
            files.add(file);
            return file;
        } catch (IOException e) {
            disk.release(geometry.segmentBytes());
            throw e;
        }
    }

    private Path freeName() {
        do {
            lastNumber = lastNumber % MAX_FILES + 1;
        } while (names.storage().exists(names.slot(lastNumber)));
        return names.slot(lastNumber);
    }

    private SegmentHeader header(long index) {
        return new SegmentHeader(
                geometry.epoch(),
                index,
                random.getAsLong(),
                geometry.segmentBytes(),
                nowMs.getAsLong());
    }

    /** Keeps a file for later. Its number goes at once: another file may get the same. */
    public void give(SegmentFile file) {
        file.blank();
        spares.add(file);
    }

    /** Deletes spare files but for so many. */
    public void trim(int keep) throws IOException {
        while (spares.size() > keep) {
            delete(spares.remove());
        }
    }

    /** Deletes a file that is not to be used again. */
    public void delete(SegmentFile file) throws IOException {
        forget(file);
        file.delete();
    }

    /** Closes a file and leaves it on the disk. */
    public void close(SegmentFile file) throws IOException {
        forget(file);
        file.close();
    }

    /** Closes everything and leaves it on the disk. */
    public void closeAll() throws IOException {
        for (SegmentFile file : files) {
            close(file);
        }
    }

    private void forget(SegmentFile file) {
        files.remove(file);
        disk.release(geometry.segmentBytes());
    }
}
