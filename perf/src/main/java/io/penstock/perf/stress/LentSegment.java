package io.penstock.perf.stress;

import io.penstock.exporter.segment.EntryEncoder;
import io.penstock.exporter.segment.EntryFormat;
import io.penstock.exporter.segment.EntryWalk;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentFile;
import io.penstock.exporter.segment.SegmentHeader;
import io.penstock.exporter.segment.SegmentLayout;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fresh segment with an empty one linked behind it and a walk at its start, lent to one state of
 * a test at a time. One entry takes all of the segment; its bytes are there, unclaimed.
 */
final class LentSegment {
    private static final int SEGMENT_BYTES = 2 * SegmentLayout.DATA_START;
    private static final int ENTRY_BYTES = SEGMENT_BYTES - SegmentLayout.DATA_START;
    private static final byte[] BODY = new byte[ENTRY_BYTES - EntryFormat.HEADER_BYTES];
    private static final Storage STORAGE = new DiskStorage();
    private static final Path ROOT = LentRing.root();
    private static final ConcurrentLinkedQueue<LentSegment> FREE = new ConcurrentLinkedQueue<>();
    private static final AtomicLong MADE = new AtomicLong();
    private static final AtomicLong INDEX = new AtomicLong();

    private final SegmentFile file;
    private final SegmentFile fileBehind;
    private final Segment segment;
    final EntryWalk walk;

    private LentSegment(SegmentFile file, SegmentFile fileBehind) throws IOException {
        this.file = file;
        this.fileBehind = fileBehind;
        segment = begin(file);
        walk = new EntryWalk(segment, SegmentLayout.DATA_START);
        EntryEncoder encoder = new EntryEncoder(segment);
        encoder.begin(segment, null, SegmentLayout.DATA_START, BODY.length, 0);
        encoder.describe((byte) 1, 1, 0, 0, 1);
        encoder.put(BODY, 0, BODY.length);
        encoder.end();
        encoder.writeHeader();
        segment.link(begin(fileBehind));
    }

    /** A new lap, of files that were given back if there are any. */
    static LentSegment lend() {
        LentSegment used = FREE.poll();
        try {
            return used == null
                    ? new LentSegment(create(), create())
                    : new LentSegment(used.file, used.fileBehind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Claims, publishes and finishes all of the segment. */
    void fill() {
        int offset = segment.claim(ENTRY_BYTES);
        segment.publish(offset, ENTRY_BYTES);
        segment.finish(ENTRY_BYTES, 1);
    }

    /** Its files may be used for another. */
    void giveBack() {
        FREE.add(this);
    }

    private static Segment begin(SegmentFile lap) throws IOException {
        long index = INDEX.incrementAndGet();
        return lap.format(new SegmentHeader(1, index, index, SEGMENT_BYTES, 1));
    }

    private static SegmentFile create() throws IOException {
        Path path = ROOT.resolve("segment" + MADE.incrementAndGet());
        return SegmentFile.create(STORAGE, path, SEGMENT_BYTES);
    }
}
