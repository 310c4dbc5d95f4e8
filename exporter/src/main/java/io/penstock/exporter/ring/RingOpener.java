package io.penstock.exporter.ring;

import static io.penstock.exporter.segment.SegmentLayout.DATA_START;

import io.penstock.exporter.chain.RingFiles;
import io.penstock.exporter.chain.SegmentChain;
import io.penstock.exporter.chain.SegmentGeometry;
import io.penstock.exporter.chain.SegmentPool;
import io.penstock.exporter.chain.SegmentRecovery;
import io.penstock.exporter.chain.Tally;
import io.penstock.exporter.cursor.CursorLine;
import io.penstock.exporter.recovery.CursorTable;
import io.penstock.exporter.recovery.SnapshotTable;
import io.penstock.exporter.segment.EntryReader;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentScan;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens a ring: looks at everything, decides, and only then changes anything.
 *
 * <p>Threading: confined to the opening thread; blocks.
 */
final class RingOpener {
    private final RingFiles files;
    private final RingConfig config;
    private final RingEnvironment environment;
    private final Storage storage;

    RingOpener(Path directory, RingConfig config, RingEnvironment environment) {
        this.files = new RingFiles(environment.storage(), directory);
        this.config = config;
        this.environment = environment;
        this.storage = environment.storage();
    }

    Ring open() throws IOException {
        storage.createDirectories(files.directory());
        RingFindings findings = RingFindings.of(files, environment);
        SnapshotTable.Decision decision = findings.decision();
        if (decision == SnapshotTable.Decision.REFUSE || findings.anyNewer()) {
            findings.close();
            throw new IOException(files.directory() + " is of a newer format; left alone");
        }
        SegmentGeometry geometry = findings.geometry(config, environment);
        RingConfig sizes = sizes(geometry.segmentBytes());
        SegmentPool pool =
                new SegmentPool(
                        files,
                        geometry,
                        sizes.maxSegments(),
                        environment.disk(),
                        environment.random(),
                        environment.nowMs());
        try {
            files.deleteTemporary();
            Ring ring = new Ring(recover(findings, decision, geometry, pool, sizes));
            restoreCursors(ring, findings);
            ring.start();
            return ring;
        } catch (IOException | RuntimeException e) {
            findings.close();
            pool.closeAll();
            throw e;
        } catch (InternalError e) {
            findings.close();
            pool.closeAll();
            throw new IOException("cannot read " + files.directory(), e);
        }
    }

    private RingParts recover(
            RingFindings findings,
            SnapshotTable.Decision decision,
            SegmentGeometry geometry,
            SegmentPool pool,
            RingConfig sizes)
            throws IOException {
        RingSnapshot snapshot = findings.snapshot();
        ProducerWindows producers = new ProducerWindows(sizes.maxProducers());
        producers.decode(snapshot.windows());
        Damage damage = new Damage(snapshot.quarantined());
        boolean rebuild = decision == SnapshotTable.Decision.REBUILD;
        long from = rebuild ? 0 : snapshot.position();

        SegmentRecovery recovery = new SegmentRecovery(files, geometry, pool);
        long neededFrom = Math.min(from, findings.lowestPosition());
        List<Segment> segments =
                recovery.adopt(findings.segments(), neededFrom, environment.nowMs().getAsLong());
        for (int file = 1; file <= recovery.quarantined(); file++) {
            damage.saw(-file);
        }
        segments =
                decision == SnapshotTable.Decision.RESUME
                        ? recovery.resume(segments, from)
                        : recovery.scan(segments, from, new Note(producers, damage));
        long floorIndex = floorIndex(findings, decision, segments, recovery.quarantined());
        SegmentChain chain = chain(segments, floorIndex, pool);

        Segment marked = chain.find(from);
        int offset = CursorRecovery.offsetIn(marked, from);
        Tally.Mark mark = new Tally.Mark(marked, offset, snapshot.records());
        long before = rebuild ? new CursorRecovery(chain).recordsBefore(findings, mark) : 0;
        Tally tally = new Tally(new Tally.Mark(marked, offset, mark.records() + before));
        return new RingParts(
                files,
                sizes,
                environment,
                geometry.epoch(),
                producers,
                chain,
                pool,
                tally,
                damage,
                floorIndex);
    }

    private static SegmentChain chain(List<Segment> segments, long floorIndex, SegmentPool pool)
            throws IOException {
        if (segments.isEmpty()) {
            Segment first = pool.obtain(floorIndex);
            if (first == null) {
                throw new IOException("the disk budget has no room for a first segment");
            }
            return new SegmentChain(first);
        }
        if (floorIndex > indexBehind(segments)) {
            SegmentRecovery.sealLast(segments);
        }
        SegmentChain chain = new SegmentChain(segments.get(0));
        for (Segment segment : segments.subList(1, segments.size())) {
            Segment before = chain.tail();
            chain.append(segment);
            chain.advance(before, segment);
        }
        return chain;
    }

    /** The configured sizes, with the segments as long as they are. */
    private RingConfig sizes(int segmentBytes) {
        return new RingConfig(
                segmentBytes,
                config.residentBytes(),
                Math.max(config.maxBytes(), RingConfig.MIN_SEGMENTS * (long) segmentBytes),
                config.maxProducers());
    }

    private static long indexBehind(List<Segment> segments) {
        return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).index() + 1;
    }

    /**
     * The smallest index for new segments: none whose positions may have been handed out. When it
     * is larger than the next one, the last segment is sealed.
     */
    private long floorIndex(
            RingFindings findings,
            SnapshotTable.Decision decision,
            List<Segment> segments,
            int quarantined) {
        long segmentBytes = findings.geometry(config, environment).segmentBytes();
        long behind = indexBehind(segments);
        long tail = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).claimedEnd();
        long reached = findings.snapshot().reached() / segmentBytes;
        long floor = behind;
        for (CursorRecovery.Found cursor : findings.cursors()) {
            if (cursor.isOurs() && cursor.reach() > tail) {
                // the first segment whose data begin there or above, and not the last one's rest
                long above = Math.floorDiv(cursor.reach() - DATA_START - 1, segmentBytes) + 1;
                floor = Math.max(floor, Math.max(above, behind + (behind > 0 ? 1 : 0)));
            }
        }
        long leap = Math.max(floor, reached) + RingMaintenance.MAX_UNCOUNTED + 1;
        return switch (decision) {
            case CREATE -> 0;
            // the reached one is that of the tail, which went away with the last record
            case RESUME ->
                    quarantined > 0
                            ? leap
                            : segments.isEmpty() ? Math.max(floor, reached + 1) : floor;
            // a segment that was begun is not there any more
            case SCAN -> quarantined > 0 || reached >= behind ? leap : floor;
            case SCAN_AND_LEAP, REBUILD, REFUSE -> leap;
        };
    }

    private void restoreCursors(Ring ring, RingFindings findings) throws IOException {
        CursorRecovery recovery = new CursorRecovery(ring.chain());
        long start = ring.chain().oldest().start() + DATA_START;
        for (CursorRecovery.Found each : findings.cursors()) {
            CursorRecovery.Found found = each.isOurs() ? each.upgraded(storage) : each;
            CursorLine line = found.line();
            switch (CursorTable.decide(found.status(), place(found, start, ring.tail()))) {
                case KEEP, LEAP -> recovery.restore(ring, found.name(), found.file(), line);
                case CLAMP -> {
                    CursorLine clamped = recovery.clamp(found, start, ring.acceptedRecords());
                    recovery.restore(ring, found.name(), found.file(), clamped);
                }
                case RESET -> {
                    found.file().close();
                    files.quarantine(found.path(), environment.nowMs().getAsLong());
                    ring.replaceCursor(found.name());
                }
                case REFUSE -> throw new IOException(found.path() + " is of a newer format");
            }
        }
    }

    private static CursorTable.Place place(CursorRecovery.Found found, long start, long tail) {
        if (found.line().position() < start) {
            return CursorTable.Place.BELOW;
        }
        return found.reach() > tail ? CursorTable.Place.BEYOND : CursorTable.Place.INSIDE;
    }

    /** Takes what a scan meets into the windows and the count of damaged entries. */
    private record Note(ProducerWindows producers, Damage damage) implements SegmentScan.Visitor {
        @Override
        public void entry(EntryReader entry, boolean readable) {
            if (!readable) {
                damage.saw(entry.position());
            }
            if (entry.headerGood() && entry.producerId() != 0) {
                producers.staged(entry.producerId(), entry.sequence(), entry.position());
            }
        }
    }
}
