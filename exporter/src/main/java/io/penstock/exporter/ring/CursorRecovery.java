package io.penstock.exporter.ring;

import io.penstock.exporter.chain.RingFiles;
import io.penstock.exporter.chain.SegmentChain;
import io.penstock.exporter.chain.Tally;
import io.penstock.exporter.cursor.CursorFile;
import io.penstock.exporter.cursor.CursorLine;
import io.penstock.exporter.cursor.RecordedProgress;
import io.penstock.exporter.cursor.Run;
import io.penstock.exporter.cursor.RunCutter;
import io.penstock.exporter.cursor.TakeRecord;
import io.penstock.exporter.cursor.Takes;
import io.penstock.exporter.recovery.CursorTable;
import io.penstock.exporter.recovery.ProgressTable;
import io.penstock.exporter.recovery.TakeTable;
import io.penstock.exporter.segment.EntryWalk;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentLayout;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes up the cursor files of a ring and the takes recorded in them.
 *
 * <p>Threading: confined to the opening thread; blocks.
 */
final class CursorRecovery {

    /**
     * A cursor file as it was found.
     *
     * @param line its state; all zeros when it has none
     * @param reach the highest position that it speaks of
     */
    record Found(Path path, CursorFile file, CursorTable.File status, CursorLine line, long reach) {

        String name() {
            return RingFiles.export(path);
        }

        boolean isOurs() {
            return status == CursorTable.File.OURS;
        }

        /**
         * The same in the format of today. While there is no room for that, the file stays as it is
         * and is used so: what it cannot hold is offered whole after a restart.
         */
        Found upgraded(Storage storage) {
            try {
                return file.isOfFormatBefore()
                        ? new Found(path, file.upgrade(storage, path), status, line, reach)
                        : this;
            } catch (IOException e) {
                return this;
            }
        }
    }

    private static final CursorLine NO_LINE = new CursorLine(0, 0, 0, 0, 0);

    private final SegmentChain chain;

    CursorRecovery(SegmentChain chain) {
        this.chain = chain;
    }

    /** Opens all; changes nothing. */
    static List<Found> find(RingFiles files, Storage storage) throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path path : files.cursors()) {
            CursorFile file = CursorFile.open(storage, path, Storage.Access.WRITE);
            CursorLine line = file.line();
            CursorTable.File status =
                    switch (file.status()) {
                        case DAMAGED -> CursorTable.File.DAMAGED;
                        case NEWER -> CursorTable.File.NEWER;
                        case GOOD -> CursorTable.File.OURS;
                    };
            if (status != CursorTable.File.OURS || line == null) {
                found.add(new Found(path, file, status, NO_LINE, 0));
                continue;
            }
            long reach = line.position();
            for (TakeRecord take : file.takes()) {
                boolean valid = state(take) == TakeTable.State.OPEN || isCommitted(take);
                reach = valid ? Math.max(reach, take.end()) : reach;
            }
            found.add(new Found(path, file, status, line, reach));
        }
        return found;
    }

    private static boolean isCommitted(TakeRecord take) {
        return state(take) == TakeTable.State.COMMITTED;
    }

    private static TakeTable.State state(TakeRecord take) {
        return switch (take.state()) {
            case FREE -> TakeTable.State.FREE;
            case OPEN -> TakeTable.State.OPEN;
            case COMMITTED -> TakeTable.State.COMMITTED;
            case DAMAGED -> TakeTable.State.DAMAGED;
        };
    }

    /** Those takes above the position that stand, in order; the others are freed. */
    private static List<TakeRecord> standing(CursorFile file, long position) {
        List<TakeRecord> records = new ArrayList<>(file.takes());
        records.sort(Comparator.comparingLong(TakeRecord::first));
        List<TakeRecord> standing = new ArrayList<>();
        long from = position;
        for (TakeRecord record : records) {
            switch (TakeTable.decide(state(record), range(record, position, from))) {
                case NONE -> {
                    continue;
                }
                case FORGET -> file.free(record.slot());
                case OFFER_AGAIN, PASS_OVER -> {
                    standing.add(record);
                    from = record.end();
                }
            }
        }
        return standing;
    }

    private static TakeTable.Range range(TakeRecord record, long position, long from) {
        if (record.end() <= position) {
            return TakeTable.Range.BEHIND;
        }
        return record.first() < from || record.end() <= record.first()
                ? TakeTable.Range.ACROSS
                : TakeTable.Range.AHEAD;
    }

    /** Records behind a position that the standing takes have not settled. */
    private long unsettled(long position, List<TakeRecord> standing) {
        Segment segment = chain.find(position);
        EntryWalk walk = new EntryWalk(segment, offsetIn(segment, position));
        long records = 0;
        for (TakeRecord take : standing) {
            if (isCommitted(take)) {
                records += CursorStart.count(walk, take.first());
                CursorStart.count(walk, take.end());
            }
        }
        return records + CursorStart.count(walk, Long.MAX_VALUE);
    }

    /**
     * Moves a cursor whose segments are gone to what is left, or to its first recorded take; what
     * is missing from its account was delivered. One that had nothing left there stays as it is.
     */
    CursorLine clamp(Found cursor, long start, long accepted) {
        CursorLine line = cursor.line();
        long missing = accepted - accounted(cursor);
        if (missing <= 0) {
            return line;
        }
        long position = start;
        for (TakeRecord take : standing(cursor.file(), line.position())) {
            position = Math.min(position, take.first());
        }
        CursorLine clamped = line.advance(position, missing, 0, 0);
        cursor.file().write(clamped);
        return clamped;
    }

    /** Records that a cursor has settled, and those behind its position that it has not. */
    private long accounted(Found cursor) {
        long position = cursor.line().position();
        List<TakeRecord> standing = standing(cursor.file(), position);
        long settled = cursor.line().settled();
        for (TakeRecord take : standing) {
            if (isCommitted(take)) {
                settled += take.delivered() + take.deadLettered() + take.dropped();
            }
        }
        return settled + unsettled(position, standing);
    }

    /** Records below a mark, from what the cursors settled and what lies behind them. */
    long recordsBefore(RingFindings findings, Tally.Mark mark) {
        long scanned = unsettled(mark.position(), List.of());
        long accepted = scanned;
        for (Found cursor : findings.cursors()) {
            if (cursor.isOurs()) {
                accepted = Math.max(accepted, accounted(cursor));
            }
        }
        return accepted - scanned;
    }

    /** Where in a segment a walk from a position begins. */
    static int offsetIn(Segment segment, long position) {
        long offset = position - segment.start();
        return (int) Math.max(SegmentLayout.DATA_START, Math.min(segment.claimed(), offset));
    }

    /** Gives the ring the cursor with its runs, as it was when the process ended. */
    void restore(Ring ring, String name, CursorFile file, CursorLine line) {
        Segment segment = chain.find(line.position());
        int offset = offsetIn(segment, line.position());
        Takes takes = new Takes(file, line);
        RingCursor cursor = new RingCursor(ring, name, file, takes, segment, offset);
        List<TakeRecord> standing = standing(file, line.position());
        for (TakeRecord record : standing) {
            takes.reserve(record);
        }
        for (TakeRecord record : standing) {
            restoreGap(cursor, record.first());
            Segment first = cursor.cutter().walk().segment();
            int firstOffset = cursor.cutter().walk().offset();
            cursor.cutter().cutTo(record.end());
            Run run = takes.restore(record, first, firstOffset, cursor.cutter());
            RecordedProgress noted = file.progress(record);
            takes.restoreProgress(run, noted, isUsable(noted, run));
        }
        cursor.catchUp();
        ring.cursorSet().add(cursor);
    }

    private static boolean isUsable(RecordedProgress noted, Run run) {
        ProgressTable.Progress whose =
                switch (noted.of()) {
                    case NOBODY -> ProgressTable.Progress.NONE;
                    case ANOTHER_RUN -> ProgressTable.Progress.FOREIGN;
                    case THIS_RUN -> ProgressTable.Progress.OURS;
                };
        ProgressTable.Records records =
                noted.records() == run.contents().records()
                        ? ProgressTable.Records.SAME
                        : ProgressTable.Records.CHANGED;
        return ProgressTable.decide(whose, records) == ProgressTable.Decision.OFFER_REST;
    }

    /** Entries between two takes belonged to one whose record is damaged: a run of their own. */
    private static void restoreGap(RingCursor cursor, long end) {
        RunCutter cutter = cursor.cutter();
        Segment first = cutter.walk().segment();
        int firstOffset = cutter.walk().offset();
        cutter.cutTo(end);
        Takes takes = cursor.takes();
        if (cutter.isEmpty() || !takes.hasSlot()) {
            return;
        }
        takes.giveBack(takes.lend(first, firstOffset, cutter));
    }
}
