package io.penstock.exporter.segment;

import io.penstock.exporter.storage.MappedRegion;
import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A mapped segment file: what is made once and then lives through many laps as a {@link Segment}
 * each.
 *
 * <p>Threading: the methods block; the region is for any thread.
 */
public final class SegmentFile {
    private final Storage storage;
    private final Path path;
    private final StorageFile file;
    private final MappedRegion region;

    /**
     * Whether its name is on the disk: without it a file that was forced may be gone all the same.
     */
    private volatile boolean named;

    private SegmentFile(Storage storage, Path path, StorageFile file, boolean named)
            throws IOException {
        this.storage = storage;
        this.path = path;
        this.file = file;
        this.region = file.map();
        this.named = named;
    }

    /** Makes a file of zeros, maps it and touches its pages. */
    public static SegmentFile create(Storage storage, Path path, int bytes) throws IOException {
        StorageFile file = storage.create(path, bytes);
        try {
            SegmentFile made = new SegmentFile(storage, path, file, false);
            made.region.touch();
            return made;
        } catch (IOException | InternalError e) {
            file.close();
            storage.delete(path);
            throw e instanceof IOException io ? io : new IOException("cannot map " + path, e);
        }
    }

    /** Opens and maps a file, lengthening it with zeros where a loss of power cut it short. */
    public static SegmentFile open(Storage storage, Path path, int bytes, Storage.Access access)
            throws IOException {
        StorageFile file = storage.open(path, access);
        try {
            if (access == Storage.Access.WRITE && file.size() < bytes) {
                file.resize(bytes);
            }
            return new SegmentFile(storage, path, file, true);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The first bytes of a file, for {@link SegmentHeader#status}; fewer when it is shorter. */
    public static byte[] head(Storage storage, Path path) throws IOException {
        try (StorageFile file = storage.open(path, Storage.Access.READ)) {
            byte[] head = new byte[SegmentLayout.DATA_START];
            int read = file.read(0, head, 0, head.length);
            return Arrays.copyOf(head, read);
        }
    }

    /** Begins a new lap: from here on nothing of the last one is valid. */
    public Segment format(SegmentHeader header) throws IOException {
        try {
            header.write(region);
        } catch (InternalError e) {
            throw new IOException("cannot write " + path, e);
        }
        return new Segment(this, header, true);
    }

    /** Ends the lap: from here on the file holds nothing. */
    public void blank() {
        region.putLongRelease(SegmentLayout.MAGIC_AT, 0);
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    MappedRegion region() {
        return region;
    }

    void open(WriteWindow window, int offset) {
        window.open(file, offset);
    }

    /** Makes all of it survive a loss of power, the first time its name as well. */
    void force() throws IOException {
        file.force();
        if (!named) {
            storage.forceDirectory(path.toAbsolutePath().resolveSibling(""));
            named = true;
        }
    }

    /** Unmaps and closes; nobody may use a segment of it any more. */
    public void close() throws IOException {
        region.unmap();
        file.close();
    }

    /** Closes and deletes. */
    public void delete() throws IOException {
        close();
        storage.delete(path);
    }
}
