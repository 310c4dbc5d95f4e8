package io.penstock.exporter.ring.tool;

import io.penstock.exporter.ring.RingSnapshot;
import java.nio.file.Path;
import java.util.List;

/**
 * A ring at a glance.
 *
 * @param directory where it lies
 * @param snapshot what its snapshot is worth
 * @param closed whether it was closed in an orderly way and not opened since
 * @param epoch its epoch, 0 when nothing tells
 * @param head lowest position that a cursor needs; the tail when there is none
 * @param tail position behind the last entry that is found
 * @param snapshotPosition opening reads entries from here on
 * @param snapshotRecords records below that position, since the ring was made
 * @param bytes length of all its files
 * @param segments its segment files, by index
 * @param cursors its cursors, by name
 * @param quarantined files put out of the way
 */
public record RingListing(
        Path directory,
        RingSnapshot.Status snapshot,
        boolean closed,
        long epoch,
        long head,
        long tail,
        long snapshotPosition,
        long snapshotRecords,
        long bytes,
        List<SegmentRow> segments,
        List<CursorRow> cursors,
        List<Path> quarantined) {}
