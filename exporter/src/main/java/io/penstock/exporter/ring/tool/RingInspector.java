package io.penstock.exporter.ring.tool;

import io.penstock.exporter.chain.RingFiles;
import io.penstock.exporter.chain.SegmentRecovery;
import io.penstock.exporter.cursor.CursorFile;
import io.penstock.exporter.cursor.CursorLine;
import io.penstock.exporter.cursor.TakeRecord;
import io.penstock.exporter.ring.RingSnapshot;
import io.penstock.exporter.segment.EntryReader;
import io.penstock.exporter.segment.SegmentLayout;
import io.penstock.exporter.segment.SegmentScan;
import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files of one ring and changes nothing, whether its node runs or not.
 *
 * <p>Threading: confined to one thread; everything blocks.
 */
public final class RingInspector {
    private final Storage storage;
    private final RingFiles files;

    /** The ring in a directory. */
    public RingInspector(Storage storage, Path directory) {
        this.storage = storage;
        this.files = new RingFiles(storage, directory);
    }

    /** Its snapshot file. */
    Path snapshot() {
        return files.snapshot();
    }

    /** Segments, cursors and positions. Reads entries of the newest segments only. */
    public RingListing list() throws IOException {
        RingSnapshot.Read read = RingSnapshot.read(storage, files.snapshot());
        RingSnapshot snapshot = read.snapshot();
        List<SegmentRecovery.Found> found = SegmentRecovery.find(files);
        boolean good = read.status() == RingSnapshot.Status.GOOD;
        long epoch = good ? snapshot.epoch() : newestEpoch(found);
        long tail = Math.max(snapshot.position(), tail(found, epoch));
        List<CursorRow> cursors = cursors(found, epoch, tail);
        long head =
                cursors.stream()
                        .filter(row -> row.status() == CursorFile.Status.GOOD)
                        .mapToLong(CursorRow::position)
                        .min()
                        .orElse(tail);
        return new RingListing(
                files.directory(),
                read.status(),
                snapshot.closed(),
                epoch,
                head,
                tail,
                snapshot.position(),
                snapshot.records(),
                bytes(),
                rows(found),
                cursors,
                files.quarantined());
    }

    /** Checks every file and every entry. */
    public VerifyReport verify() throws IOException {
        return new RingVerifier(storage, files).run();
    }

    /**
     * Shows the entries in the order of their positions. A segment that is recycled while it is
     * read is cut off where it was.
     */
    public void dump(DumpOptions options, Consumer<DumpedEntry> visitor) throws IOException {
        long[] left = {options.maxEntries()};
        for (SegmentRecovery.Found file : SegmentRecovery.find(files)) {
            boolean wanted = left[0] > 0 && SegmentReading.isWhole(file);
            if (!wanted || end(file) <= options.from()) {
                continue;
            }
            SegmentReading.scan(
                    storage,
                    file,
                    (entry, readable) -> {
                        boolean shown =
                                entry.headerGood()
                                        && entry.position() >= options.from()
                                        && left[0] > 0;
                        if (shown) {
                            left[0]--;
                            visitor.accept(dumped(file, entry, readable, options.bodies()));
                        }
                    });
        }
    }

    private static DumpedEntry dumped(
            SegmentRecovery.Found file, EntryReader entry, boolean readable, boolean bodies) {
        return new DumpedEntry(
                file.path(),
                entry.position(),
                readable,
                entry.encoding(),
                entry.records(),
                entry.producerId(),
                entry.sequence(),
                entry.arrivedMs(),
                entry.bodyBytes(),
                bodies && readable ? body(entry) : null);
    }

    private static ByteBuffer body(EntryReader entry) {
        byte[] body = new byte[entry.bodyBytes()];
        entry.copyBody(body, 0);
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }

    private static long newestEpoch(List<SegmentRecovery.Found> found) {
        long epoch = 0;
        for (SegmentRecovery.Found file : found) {
            epoch = SegmentReading.isWhole(file) ? file.header().epoch() : epoch;
        }
        return epoch;
    }

    /** Position behind the last entry: in the newest segment that has one. */
    private long tail(List<SegmentRecovery.Found> found, long epoch) throws IOException {
        for (int i = found.size() - 1; i >= 0; i--) {
            SegmentRecovery.Found file = found.get(i);
            if (!SegmentReading.isWhole(file) || file.header().epoch() != epoch) {
                continue;
            }
            SegmentScan.@Nullable Found scan =
                    SegmentReading.scan(storage, file, (entry, readable) -> {});
            if (scan != null && scan.end() > SegmentLayout.DATA_START) {
                return start(file) + scan.end();
            }
        }
        return 0;
    }

    private List<CursorRow> cursors(List<SegmentRecovery.Found> found, long epoch, long tail)
            throws IOException {
        List<CursorRow> rows = new ArrayList<>();
        for (Path path : files.cursors()) {
            CursorFile file = CursorFile.open(storage, path, Storage.Access.READ);
            try {
                rows.add(row(RingFiles.export(path), file, found, epoch, tail));
            } finally {
                file.close();
            }
        }
        return rows;
    }

    private static CursorRow row(
            String export,
            CursorFile file,
            List<SegmentRecovery.Found> found,
            long epoch,
            long tail) {
        CursorLine line = file.line();
        if (file.status() != CursorFile.Status.GOOD || line == null) {
            return new CursorRow(export, file.status(), 0, 0, 0, 0, 0, 0, 0, 0);
        }
        int open = 0;
        int settled = 0;
        for (TakeRecord take : file.takes()) {
            boolean above = take.end() > line.position();
            open += above && take.state() == TakeRecord.State.OPEN ? 1 : 0;
            settled += above && take.state() == TakeRecord.State.COMMITTED ? 1 : 0;
        }
        return new CursorRow(
                export,
                file.status(),
                line.position(),
                line.base(),
                line.delivered(),
                line.deadLettered(),
                line.dropped(),
                open,
                settled,
                lag(found, epoch, line.position(), tail));
    }

    /** Bytes of the segments between two positions; numbers without a segment do not count. */
    private static long lag(
            List<SegmentRecovery.Found> found, long epoch, long position, long tail) {
        long bytes = 0;
        for (SegmentRecovery.Found file : found) {
            if (SegmentReading.isWhole(file) && file.header().epoch() == epoch) {
                long from = Math.max(position, start(file) + SegmentLayout.DATA_START);
                bytes += Math.max(0, Math.min(tail, end(file)) - from);
            }
        }
        return bytes;
    }

    private static List<SegmentRow> rows(List<SegmentRecovery.Found> found) {
        List<SegmentRow> rows = new ArrayList<>();
        for (SegmentRecovery.Found file : found) {
            rows.add(
                    new SegmentRow(
                            file.path(),
                            file.status(),
                            file.header().epoch(),
                            file.header().index(),
                            start(file) + SegmentLayout.DATA_START,
                            end(file),
                            file.bytes(),
                            file.header().createdMs()));
        }
        return rows;
    }

    private static long start(SegmentRecovery.Found file) {
        return file.header().index() * file.header().segmentBytes();
    }

    private static long end(SegmentRecovery.Found file) {
        return start(file) + file.header().segmentBytes();
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (Path path : storage.list(files.directory())) {
            bytes += bytes(path);
        }
        return bytes;
    }

    private long bytes(Path path) throws IOException {
        try (StorageFile file = storage.open(path, Storage.Access.READ)) {
            return file.size();
        } catch (NoSuchFileException e) {
            return 0; // the node deleted it since it was listed
        }
    }
}
