package io.penstock.exporter.chain;

import io.penstock.exporter.recovery.FileTable;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentFile;
import io.penstock.exporter.segment.SegmentHeader;
import io.penstock.exporter.segment.SegmentLayout;
import io.penstock.exporter.segment.SegmentScan;
import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes up the segment files of a ring: decides each by the {@link FileTable}, reads those that the
 * snapshot does not vouch for, and finds the end.
 *
 * <p>Threading: confined to the opening thread; blocks.
 */
public final class SegmentRecovery {

    /** A segment file and what its first bytes say. */
    public record Found(Path path, SegmentHeader.Status status, SegmentHeader header, long bytes) {}

    private static final SegmentHeader NO_HEADER = new SegmentHeader(0, 0, 0, 0, 0);

    private final RingFiles files;
    private final SegmentGeometry geometry;
    private final SegmentPool pool;
    private int quarantined;

    /** Recovery into a pool. */
    public SegmentRecovery(RingFiles files, SegmentGeometry geometry, SegmentPool pool) {
        this.files = files;
        this.geometry = geometry;
        this.pool = pool;
    }

    /** Reads all headers; changes nothing. In the order of their indexes. */
    public static List<Found> find(RingFiles files) throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path path : files.segments()) {
            byte[] head = SegmentFile.head(files.storage(), path);
            SegmentHeader.Status status = SegmentHeader.status(head);
            boolean good = status == SegmentHeader.Status.GOOD;
            SegmentHeader header = good ? SegmentHeader.read(head) : NO_HEADER;
            try (StorageFile file = files.storage().open(path, Storage.Access.READ)) {
                found.add(new Found(path, status, header, file.size()));
            }
        }
        found.sort(Comparator.comparingLong(file -> file.header().index()));
        return found;
    }

    /**
     * Takes up what is needed and puts the rest where it belongs.
     *
     * @param neededFrom everything below is settled and counted
     */
    public List<Segment> adopt(List<Found> found, long neededFrom, long nowMs) throws IOException {
        List<Segment> adopted = new ArrayList<>();
        long lastIndex = -1;
        for (Found file : found) {
            FileTable.Content content =
                    geometry.isOurs(file) && file.header().index() == lastIndex
                            ? FileTable.Content.TWIN
                            : geometry.end(file) <= neededFrom
                                    ? FileTable.Content.RETIRED
                                    : FileTable.Content.NEEDED;
            FileTable.Decision decision =
                    FileTable.decide(geometry.header(file), geometry.length(file), content);
            switch (decision) {
                case ADOPT, EXTEND -> {
                    SegmentFile opened = open(file);
                    adopted.add(Segment.adopt(opened, file.header(), geometry.segmentBytes(), 0));
                    lastIndex = file.header().index();
                }
                case SPARE -> pool.give(open(file));
                case DELETE -> files.storage().delete(file.path());
                case QUARANTINE -> {
                    files.quarantine(file.path(), nowMs);
                    quarantined++;
                }
                case REFUSE -> throw new IOException(file.path() + " is of a newer format");
            }
        }
        return adopted;
    }

    private SegmentFile open(Found file) throws IOException {
        SegmentFile opened =
                SegmentFile.open(
                        files.storage(),
                        file.path(),
                        geometry.segmentBytes(),
                        Storage.Access.WRITE);
        pool.found(opened);
        return opened;
    }

    /**
     * Scans from a position on, puts right what kills left behind, and cuts the torn tail.
     *
     * @return the segments that hold something, with their true ends and counts; the others become
     *     spare
     */
    public List<Segment> scan(List<Segment> segments, long from, SegmentScan.Visitor visitor) {
        List<SegmentScan.Found> results = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.end() <= from) {
                results.add(new SegmentScan.Found(segment.limit(), 0, 0, 0, 0));
                last = i;
                continue;
            }
            int start = (int) Math.max(SegmentLayout.DATA_START, from - segment.start());
            SegmentScan.Found result = new SegmentScan(segment, true, visitor).run(start);
            results.add(result);
            last = result.end() > SegmentLayout.DATA_START ? i : last;
        }
        List<Segment> kept = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (i > last) {
                pool.give(segment.file());
                continue;
            }
            SegmentScan.Found result = results.get(i);
            int end = i < last ? fill(segment, result.end()) : result.end();
            kept.add(Segment.adopt(segment.file(), segment.header(), end, result.records()));
        }
        return kept;
    }

    /** The end of a segment with others behind it: what was claimed and never written is a pad. */
    private static int fill(Segment segment, int end) {
        if (end < segment.limit()) {
            segment.pad(end, segment.limit() - end);
        }
        return segment.limit();
    }

    /** Files put out of the way. */
    public int quarantined() {
        return quarantined;
    }

    /** Takes the tail from an orderly close. */
    public List<Segment> resume(List<Segment> segments, long tail) {
        List<Segment> kept = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.start() > tail) {
                pool.give(segment.file());
                continue;
            }
            int end = (int) Math.min(segment.limit(), tail - segment.start());
            kept.add(Segment.adopt(segment.file(), segment.header(), end, 0));
        }
        return kept;
    }

    /** Lets nobody write the last segment any more. */
    public static void sealLast(List<Segment> segments) {
        int last = segments.size() - 1;
        Segment segment = segments.get(last);
        int end = fill(segment, segment.claimed());
        segments.set(last, Segment.adopt(segment.file(), segment.header(), end, segment.records()));
    }
}
