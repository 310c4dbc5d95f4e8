package io.penstock.exporter.ring;

import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentFile;
import io.penstock.exporter.segment.SegmentHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ring's segment files, as far as space is concerned: makes them within the budgets of the ring
 * and of the node, keeps spare ones, gives space back.
 *
 * <p>Threading: confined to one thread at a time (the maintenance lock), except {@link #files}.
 */
final class SegmentPool {
    private final RingFiles names;
    private final RingConfig config;
    private final RingEnvironment environment;
    private final long epoch;
    private final ArrayDeque<SegmentFile> spares = new ArrayDeque<>();
    private final Set<SegmentFile> files = ConcurrentHashMap.newKeySet();
    private int lastNumber;

    SegmentPool(RingFiles names, RingConfig config, RingEnvironment environment, long epoch) {
        this.names = names;
        this.config = config;
        this.environment = environment;
        this.epoch = epoch;
    }

    /** Segment files at present, in use or spare. */
    int files() {
        return files.size();
    }

    /** Takes charge of a file that was there when the ring was opened. */
    void found(SegmentFile file) {
        files.add(file);
        environment.disk().charge(config.segmentBytes());
    }

    /**
     * A segment with a file of its own: a spare one, or a new one if the budgets allow it.
     *
     * @return the segment, or null when a budget is spent
     * @throws IOException when the file cannot be made: no space, most likely
     */
    @Nullable Segment obtain(long index) throws IOException {
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

    private boolean reserve() {
        boolean large = files() >= RingConfig.MIN_SEGMENTS;
        return files() < config.maxSegments()
                && environment.disk().reserve(config.segmentBytes(), large);
    }

    private SegmentFile create() throws IOException {
        try {
            SegmentFile file =
                    SegmentFile.create(
                            environment.storage(), freeName(), (int) config.segmentBytes());
            files.add(file);
            return file;
        } catch (IOException e) {
            environment.disk().release(config.segmentBytes());
            throw e;
        }
    }

    private Path freeName() {
        do {
            lastNumber = lastNumber % RingConfig.MAX_SEGMENTS + 1;
        } while (environment.storage().exists(names.slot(lastNumber)));
        return names.slot(lastNumber);
    }

    private SegmentHeader header(long index) {
        return new SegmentHeader(
                epoch,
                index,
                environment.random().getAsLong(),
                (int) config.segmentBytes(),
                environment.nowMs().getAsLong());
    }

    /** Keeps a file for later. Its number goes at once: another file may get the same. */
    void give(SegmentFile file) {
        file.blank();
        spares.add(file);
    }

    /** Deletes spare files but for so many. */
    void trim(int keep) throws IOException {
        while (spares.size() > keep) {
            delete(spares.remove());
        }
    }

    /** Deletes a file that is not to be used again. */
    void delete(SegmentFile file) throws IOException {
        forget(file);
        file.delete();
    }

    /** Closes a file and leaves it on the disk. */
    void close(SegmentFile file) throws IOException {
        forget(file);
        file.close();
    }

    /** Closes everything and leaves it on the disk. */
    void closeAll() throws IOException {
        for (SegmentFile file : files) {
            close(file);
        }
    }

    private void forget(SegmentFile file) {
        files.remove(file);
        environment.disk().release(config.segmentBytes());
    }
}
