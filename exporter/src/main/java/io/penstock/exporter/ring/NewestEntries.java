package io.penstock.exporter.ring;

import io.penstock.exporter.segment.EntryWalk;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentLayout;

/**
 * Shows the newest entries of the tail segment: a look beside all cursors, for people. Its cost is
 * a walk over the commit words of one segment.
 *
 * <p>Threading: confined to one thread; the segment must be pinned.
 */
final class NewestEntries {
    private NewestEntries() {}

    /** See {@link Ring#newest}. */
    static long visit(Segment tail, long from, int most, Take.EntryVisitor visitor) {
        int start = (int) Math.max(SegmentLayout.DATA_START, from - tail.start());
        if (from > tail.start() + tail.claimed()) {
            return from;
        }
        // offsets of the last so many, in a circle
        int[] offsets = new int[most];
        int found = 0;
        EntryWalk walk = new EntryWalk(tail, start);
        int offset = start;
        while (walk.next(EntryWalk.Depth.WORDS) != EntryWalk.Step.END && walk.segment() == tail) {
            offsets[found++ % most] = offset;
            offset = walk.offset();
        }
        long end = tail.start() + offset;
        int shown = Math.min(found, most);
        if (shown == 0) {
            return end;
        }
        EntryWalk again = new EntryWalk(tail, offsets[(found - shown) % most]);
        Take.View view = new Take.View(again.entry());
        for (int i = 0; i < shown; i++) {
            EntryWalk.Step step = again.next(EntryWalk.Depth.BODIES);
            if (step == EntryWalk.Step.END || again.segment() != tail) {
                break;
            }
            if (step == EntryWalk.Step.ENTRY) {
                visitor.entry(view);
            }
        }
        return end;
    }
}
