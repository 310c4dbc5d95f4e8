package io.penstock.exporter.ring;

import io.penstock.exporter.chain.RingFiles;
import io.penstock.exporter.chain.SegmentGeometry;
import io.penstock.exporter.chain.SegmentRecovery;
import io.penstock.exporter.recovery.CursorTable;
import io.penstock.exporter.recovery.SnapshotTable;
import io.penstock.exporter.segment.SegmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies in a ring's directory, before anything is changed.
 *
 * @param read the snapshot
 * @param segments segment files by index
 * @param cursors cursor files, opened
 * @param sameBoot whether the operating system runs since the snapshot was written
 * @param epoch epoch of the ring: the snapshot's, else the newest segment's, else a cursor's, else
 *     0
 */
record RingFindings(
        RingSnapshot.Read read,
        List<SegmentRecovery.Found> segments,
        List<CursorRecovery.Found> cursors,
        boolean sameBoot,
        long epoch) {

    static RingFindings of(RingFiles files, RingEnvironment environment) throws IOException {
        RingSnapshot.Read read = RingSnapshot.read(environment.storage(), files.snapshot());
        List<SegmentRecovery.Found> segments = SegmentRecovery.find(files);
        List<CursorRecovery.Found> cursors = CursorRecovery.find(files, environment.storage());
        long epoch = epoch(read, segments, cursors);
        List<CursorRecovery.Found> judged = new ArrayList<>();
        for (CursorRecovery.Found cursor : cursors) {
            boolean foreign = cursor.isOurs() && cursor.file().epoch() != epoch;
            judged.add(
                    foreign
                            ? new CursorRecovery.Found(
                                    cursor.path(),
                                    cursor.file(),
                                    CursorTable.File.FOREIGN,
                                    cursor.line(),
                                    0)
                            : cursor);
        }
        long boot = environment.bootId();
        boolean sameBoot = boot != 0 && boot == read.snapshot().bootId();
        return new RingFindings(read, segments, judged, sameBoot, epoch);
    }

    private static long epoch(
            RingSnapshot.Read read,
            List<SegmentRecovery.Found> segments,
            List<CursorRecovery.Found> cursors) {
        if (read.status() == RingSnapshot.Status.GOOD) {
            return read.snapshot().epoch();
        }
        long epoch = 0;
        for (CursorRecovery.Found cursor : cursors) {
            epoch = cursor.isOurs() ? cursor.file().epoch() : epoch;
        }
        for (SegmentRecovery.Found segment : segments) {
            boolean good = segment.status() == SegmentHeader.Status.GOOD;
            epoch = good ? segment.header().epoch() : epoch;
        }
        return epoch;
    }

    RingSnapshot snapshot() {
        return read.snapshot();
    }

    SnapshotTable.Decision decision() {
        SnapshotTable.Snapshot snapshot =
                switch (read.status()) {
                    case MISSING -> SnapshotTable.Snapshot.MISSING;
                    case DAMAGED -> SnapshotTable.Snapshot.DAMAGED;
                    case NEWER -> SnapshotTable.Snapshot.NEWER;
                    case GOOD ->
                            read.snapshot().closed()
                                    ? SnapshotTable.Snapshot.CLOSED
                                    : SnapshotTable.Snapshot.OPEN;
                };
        return SnapshotTable.decide(
                snapshot,
                sameBoot ? SnapshotTable.Boot.SAME : SnapshotTable.Boot.OTHER,
                segments.stream().anyMatch(file -> file.status() == SegmentHeader.Status.GOOD)
                        ? SnapshotTable.Segments.SOME
                        : SnapshotTable.Segments.NONE,
                cursors.isEmpty() ? SnapshotTable.Cursors.NONE : SnapshotTable.Cursors.SOME);
    }

    boolean anyNewer() {
        return segments.stream().anyMatch(file -> file.status() == SegmentHeader.Status.NEWER)
                || cursors.stream().anyMatch(file -> file.status() == CursorTable.File.NEWER);
    }

    /** Position of the cursor that is furthest back, or the largest number when there is none. */
    long lowestPosition() {
        long lowest = Long.MAX_VALUE;
        for (CursorRecovery.Found cursor : cursors) {
            // a cursor that must begin anew wants all there is
            lowest = Math.min(lowest, cursor.isOurs() ? cursor.line().position() : 0);
        }
        return lowest;
    }

    /** Epoch and segment length: those of the files if there are any. */
    SegmentGeometry geometry(RingConfig config, RingEnvironment environment) {
        int segmentBytes = (int) config.segmentBytes();
        for (SegmentRecovery.Found segment : segments) {
            boolean ours =
                    segment.status() == SegmentHeader.Status.GOOD
                            && segment.header().epoch() == epoch;
            segmentBytes = ours ? segment.header().segmentBytes() : segmentBytes;
        }

        long drawn = epoch == 0 ? environment.random().getAsLong() | 1 : epoch;
        return new SegmentGeometry(drawn, segmentBytes);
    }

    /** Lets go of what was opened. */
    void close() throws IOException {
        for (CursorRecovery.Found cursor : cursors) {
            cursor.file().close();
        }
    }
}
