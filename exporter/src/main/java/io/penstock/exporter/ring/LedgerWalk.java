package io.penstock.exporter.ring;

import io.penstock.exporter.chain.Tally;
import io.penstock.exporter.cursor.CursorLine;
import io.penstock.exporter.segment.EntryReader;
import io.penstock.exporter.segment.EntryWalk;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentLayout;
import java.util.List;

/**
 * Counts what a cursor has not settled yet, while writers and takers go on.
 *
 * <p>Both sides of the sum end at the same position, the first one where nothing is published when
 * the walk gets there: the mark of the tally and the records behind it on one side, what the cursor
 * settled and the records behind its position on the other.
 *
 * <p>Threading: confined to one thread; the oldest segment must be pinned.
 */
final class LedgerWalk {

    /**
     * The cursor's side, taken in one moment.
     *
     * @param settled its line with what is settled out of order
     * @param settledRanges ranges of the latter
     * @param segment segment of its position
     * @param offset offset of its position
     */
    record Side(CursorLine settled, List<long[]> settledRanges, Segment segment, int offset) {}

    private final Tally tally;
    private final Tally.Mark mark;
    private final long residentBytes;

    LedgerWalk(Tally tally, long residentBytes) {
        this.tally = tally;
        this.mark = tally.mark();
        this.residentBytes = residentBytes;
    }

    RingLedger count(String export, Side side, Segment tail) {
        long accepted = mark.records();
        long staged = 0;
        long parked = 0;
        Segment start = side.segment();
        int offset = side.offset();
        boolean markFirst = mark.position() < start.start() + offset;
        EntryWalk walk =
                markFirst
                        ? new EntryWalk(mark.segment(), mark.offset())
                        : new EntryWalk(start, offset);
        int tailOffset = tail.claimed();
        EntryWalk.Step step = walk.next(EntryWalk.Depth.HEADERS);
        while (step != EntryWalk.Step.END) {
            EntryReader entry = walk.entry();
            int records = entry.headerGood() ? entry.records() : 0;
            long position = entry.position();
            accepted += position >= mark.position() ? records : 0;
            if (position >= side.settled().position() && !isSettled(side, position)) {
                boolean far =
                        walk.segment().distance(walk.offset(), tail, tailOffset) > residentBytes;
                parked += far ? records : 0;
                staged += far ? 0 : records;
            }
            step = walk.next(EntryWalk.Depth.HEADERS);
        }
        CursorLine settled = side.settled();
        return new RingLedger(
                export,
                counted(walk, accepted),
                settled.base(),
                settled.delivered(),
                settled.deadLettered(),
                settled.dropped(),
                staged,
                parked);
    }

    /**
     * What the writers counted, if nobody is just at work behind the end of the walk: a number that
     * does not come from the entries, so that lost ones show. Else what the walk counted.
     */
    private long counted(EntryWalk walk, long walked) {
        if (!nobodyBehind(walk)) {
            return walked;
        }
        long records = tally.records();
        // before and after: all claims were over, and no new one began
        return nobodyBehind(walk) ? records : walked;
    }

    private static boolean nobodyBehind(EntryWalk walk) {
        Segment last = walk.segment();
        Segment next = last.next();
        return last.quietTo() == walk.offset()
                && (next == null || next.claimed() == SegmentLayout.DATA_START);
    }

    private static boolean isSettled(Side side, long position) {
        for (long[] range : side.settledRanges()) {
            if (position >= range[0] && position < range[1]) {
                return true;
            }
        }
        return false;
    }
}
