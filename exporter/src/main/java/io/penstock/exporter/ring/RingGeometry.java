package io.penstock.exporter.ring;

import io.penstock.exporter.recovery.FileTable;
import io.penstock.exporter.segment.SegmentHeader;

/**
 * Which ring the files must belong to.
 *
 * @param epoch its epoch
 * @param segmentBytes length of its segments: that of the files that are there, which may differ
 *     from what is configured by now
 * @param nowMs time of the opening
 */
record RingGeometry(long epoch, int segmentBytes, long nowMs) {

    boolean isOurs(SegmentRecovery.Found file) {
        return file.status() == SegmentHeader.Status.GOOD
                && file.header().epoch() == epoch
                && file.header().segmentBytes() == segmentBytes;
    }

    FileTable.Header header(SegmentRecovery.Found file) {
        return switch (file.status()) {
            case BLANK -> FileTable.Header.BLANK;
            case DAMAGED -> FileTable.Header.DAMAGED;
            case NEWER -> FileTable.Header.NEWER;
            case GOOD -> isOurs(file) ? FileTable.Header.OURS : FileTable.Header.FOREIGN;
        };
    }

    FileTable.Length length(SegmentRecovery.Found file) {
        return file.bytes() < segmentBytes ? FileTable.Length.SHORT : FileTable.Length.WHOLE;
    }

    long end(SegmentRecovery.Found file) {
        return (file.header().index() + 1) * segmentBytes;
    }
}
