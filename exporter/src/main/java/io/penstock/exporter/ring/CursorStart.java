package io.penstock.exporter.ring;

import io.penstock.exporter.chain.SegmentChain;
import io.penstock.exporter.chain.Tally;
import io.penstock.exporter.segment.EntryWalk;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentLayout;

/**
 * Finds where a new cursor begins, and how many records lie before that place, exactly, while
 * writers go on.
 *
 * <p>Threading: under the maintenance lock.
 */
final class CursorStart {
    private final SegmentChain chain;
    private final Tally tally;

    CursorStart(SegmentChain chain, Tally tally) {
        this.chain = chain;
        this.tally = tally;
    }

    /**
     * The place and the records of all entries below it.
     *
     * @param oldest at the oldest entry; else behind the last published one
     */
    Tally.Mark find(boolean oldest) {
        Tally.Mark mark = tally.mark();
        if (oldest) {
            Segment first = chain.oldest();
            EntryWalk walk = new EntryWalk(first, SegmentLayout.DATA_START);
            long before = mark.records() - count(walk, mark.position());
            return new Tally.Mark(first, SegmentLayout.DATA_START, before);
        }
        EntryWalk walk = new EntryWalk(mark.segment(), mark.offset());
        long behind = count(walk, Long.MAX_VALUE);
        return new Tally.Mark(walk.segment(), walk.offset(), mark.records() + behind);
    }

    /** Records between the walk and a position, or what is published; moves the walk there. */
    static long count(EntryWalk walk, long end) {
        long records = 0;
        while (walk.position() < end) {
            Segment segment = walk.segment();
            int offset = walk.offset();
            EntryWalk.Step step = walk.next(EntryWalk.Depth.HEADERS);
            if (step == EntryWalk.Step.END) {
                return records;
            }
            if (walk.entry().position() >= end) {
                walk.moveTo(segment, offset);
                return records;
            }
            records += walk.entry().headerGood() ? walk.entry().records() : 0;
        }
        return records;
    }
}
