package io.penstock.exporter.ring.tool;

import io.penstock.exporter.chain.RingFiles;
import io.penstock.exporter.chain.SegmentRecovery;
import io.penstock.exporter.cursor.CursorFile;
import io.penstock.exporter.ring.RingSnapshot;
import io.penstock.exporter.segment.EntryReader;
import io.penstock.exporter.segment.SegmentHeader;
import io.penstock.exporter.segment.SegmentScan;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One full check of a ring's files. Threading: confined to one thread; blocks. */
final class RingVerifier {
    private final Storage storage;
    private final RingFiles files;
    private final List<Finding> findings = new ArrayList<>();

    private int segments;
    private long entries;
    private long records;
    private long bodyBytes;
    private long epoch;

    RingVerifier(Storage storage, RingFiles files) {
        this.storage = storage;
        this.files = files;
    }

    VerifyReport run() throws IOException {
        checkSnapshot();
        for (SegmentRecovery.Found file : SegmentRecovery.find(files)) {
            checkSegment(file);
        }
        for (Path path : files.cursors()) {
            checkCursor(path);
        }
        for (Path path : files.quarantined()) {
            note(path, "was put out of the way by an earlier opening");
        }
        return new VerifyReport(segments, entries, records, bodyBytes, findings);
    }

    private void checkSnapshot() throws IOException {
        RingSnapshot.Read read = RingSnapshot.read(storage, files.snapshot());
        switch (read.status()) {
            case MISSING -> damage(files.snapshot(), -1, "is missing; opening will rebuild it");
            case DAMAGED -> damage(files.snapshot(), -1, "is damaged; opening will rebuild it");
            case NEWER -> fatal(files.snapshot());
            case GOOD -> epoch = read.snapshot().epoch();
        }
    }

    private void checkSegment(SegmentRecovery.Found file) throws IOException {
        switch (file.status()) {
            case BLANK -> note(file.path(), "is spare");
            case DAMAGED -> damage(file.path(), -1, "has a damaged header; its entries are lost");
            case NEWER -> fatal(file.path());
            case GOOD -> checkGood(file);
        }
    }

    private void checkGood(SegmentRecovery.Found file) throws IOException {
        SegmentHeader header = file.header();
        if (epoch != 0 && header.epoch() != epoch) {
            damage(file.path(), -1, "belongs to another ring");
            return;
        }
        if (!SegmentReading.isWhole(file)) {
            damage(file.path(), -1, "is cut short at " + file.bytes() + " bytes");
            return;
        }
        Count count = new Count();
        SegmentScan.@Nullable Found found = SegmentReading.scan(storage, file, count);
        if (found == null) {
            note(file.path(), "was recycled while it was read; left out");
            return;
        }
        segments++;
        entries += count.entries;
        records += count.records;
        bodyBytes += count.bodyBytes;
        for (long position : count.damaged) {
            damage(file.path(), position, "an entry has a bad checksum");
        }
        if (found.holes() > 0) {
            note(file.path(), found.holes() + " stretches were claimed and not (yet) written");
        }
        if (found.erased() > 0) {
            note(file.path(), found.erased() + " leftovers of runs that were not published");
        }
    }

    private void checkCursor(Path path) throws IOException {
        CursorFile file = CursorFile.open(storage, path, Storage.Access.READ);
        try {
            switch (file.status()) {
                case DAMAGED ->
                        damage(path, -1, "is damaged; opening will begin at the oldest entry");
                case NEWER -> fatal(path);
                case GOOD -> {
                    if (epoch != 0 && file.epoch() != epoch) {
                        damage(path, -1, "belongs to another ring");
                    }
                }
            }
        } finally {
            file.close();
        }
    }

    private void note(Path path, String what) {
        findings.add(new Finding(Finding.Severity.NOTE, path, -1, what));
    }

    private void damage(Path path, long position, String what) {
        findings.add(new Finding(Finding.Severity.DAMAGE, path, position, what));
    }

    private void fatal(Path path) {
        findings.add(
                new Finding(
                        Finding.Severity.FATAL,
                        path,
                        -1,
                        "is of a newer format; this version cannot open the ring"));
    }

    /** Counts the entries of one segment, which count for nothing if it is recycled meanwhile. */
    private static final class Count implements SegmentScan.Visitor {
        private final List<Long> damaged = new ArrayList<>();
        private long entries;
        private long records;
        private long bodyBytes;

        @Override
        public void entry(EntryReader entry, boolean readable) {
            if (!readable) {
                damaged.add(entry.position());
                return;
            }
            entries++;
            records += entry.records();
            bodyBytes += entry.bodyBytes();
        }
    }
}
