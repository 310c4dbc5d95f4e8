package io.penstock.exporter.ring.tool;

import io.penstock.exporter.chain.SegmentRecovery;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentFile;
import io.penstock.exporter.segment.SegmentHeader;
import io.penstock.exporter.segment.SegmentLayout;
import io.penstock.exporter.segment.SegmentScan;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one segment file without changing it, beside whoever may be writing it.
 *
 * <p>Threading: confined to one thread; blocks.
 */
final class SegmentReading {

    private SegmentReading() {}

    /**
     * Scans a whole segment whose header is good and whose file is not cut short.
     *
     * @return what was found, or null when the file was recycled or cut meanwhile: what the visitor
     *     saw is void then
     */
    static SegmentScan.@Nullable Found scan(
            Storage storage, SegmentRecovery.Found file, SegmentScan.Visitor visitor)
            throws IOException {
        SegmentHeader header = file.header();
        SegmentFile opened =
                SegmentFile.open(storage, file.path(), header.segmentBytes(), Storage.Access.READ);
        try {
            Segment segment = Segment.adopt(opened, header, header.segmentBytes(), 0);
            SegmentScan.Found found =
                    new SegmentScan(segment, false, visitor).run(SegmentLayout.DATA_START);
            byte[] head = SegmentFile.head(storage, file.path());
            boolean same =
                    SegmentHeader.status(head) == SegmentHeader.Status.GOOD
                            && SegmentHeader.read(head).equals(header);
            return same ? found : null;
        } catch (IndexOutOfBoundsException | InternalError e) {
            return null;
        } finally {
            opened.close();
        }
    }

    /** Whether a file can be scanned. */
    static boolean isWhole(SegmentRecovery.Found file) {
        return file.status() == SegmentHeader.Status.GOOD
                && file.bytes() >= file.header().segmentBytes();
    }
}
