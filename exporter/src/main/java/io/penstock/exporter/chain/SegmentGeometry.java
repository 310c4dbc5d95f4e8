package io.penstock.exporter.chain;

import io.penstock.exporter.recovery.FileTable;
import io.penstock.exporter.segment.SegmentHeader;

/**
 * Which ring the files must belong to.
 *
 * @param epoch its epoch
 * @param segmentBytes length of its segments: that of the files that are there, which may differ
 *     from what is configured by now
 */
public record SegmentGeometry(long epoch, int segmentBytes) {

    public boolean isOurs(SegmentRecovery.Found file) {
        return file.status() == SegmentHeader.Status.GOOD
                && file.header().epoch() == epoch
                && file.header().segmentBytes() == segmentBytes;
    }

    public FileTable.Header header(SegmentRecovery.Found file) {
        return switch (file.status()) {
            case BLANK -> FileTable.Header.BLANK;
            case DAMAGED -> FileTable.Header.DAMAGED;
            case NEWER -> FileTable.Header.NEWER;
            case GOOD -> isOurs(file) ? FileTable.Header.OURS : FileTable.Header.FOREIGN;
        };
    }

    public FileTable.Length length(SegmentRecovery.Found file) {
        return file.bytes() < segmentBytes ? FileTable.Length.SHORT : FileTable.Length.WHOLE;
    }

    public long end(SegmentRecovery.Found file) {
        return (file.header().index() + 1) * segmentBytes;
    }
}
