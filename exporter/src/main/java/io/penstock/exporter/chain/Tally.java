package io.penstock.exporter.chain;

import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentLayout;

/**
 * How many records were ever appended: a number that stands fast up to a mark, and the counters of
 * the segments behind it.
 *
 * <p>Threading: any thread reads; {@link #roll} is for one thread at a time.
 */
public final class Tally {

    /**
     * A place up to which everything is published and counted.
     *
     * @param segment the first segment that is not counted as a whole
     * @param offset what of it is in {@code records}; its own counter begins there
     * @param records records of all entries below
     */
    public record Mark(Segment segment, int offset, long records) {
        /** Its position. */
        public long position() {
            return segment.start() + offset;
        }
    }

    private volatile Mark mark;

    public Tally(Mark mark) {
        this.mark = mark;
    }

    public Mark mark() {
        return mark;
    }

    /** Moves the mark over the segments below the tail that are complete. */
    public void roll(Segment tail) {
        Mark at = mark;
        Segment next = at.segment().next();
        while (next != null && at.segment() != tail && at.segment().complete()) {
            at = new Mark(next, SegmentLayout.DATA_START, at.records() + at.segment().records());
            next = next.next();
        }
        mark = at;
    }

    /** Moves the mark to the end of the tail, when nobody writes any more. */
    public void rollTo(Segment tail) {
        Mark at = mark;
        if (at.segment() != tail) {
            throw new IllegalStateException("segments below " + tail + " are not complete");
        }
        mark = new Mark(tail, tail.claimed(), at.records() + tail.records());
    }

    /** All records. */
    public long records() {
        Mark at = mark;
        long sum = at.records();
        for (Segment s = at.segment(); s != null; s = s.next()) {
            sum += s.records();
        }
        return sum;
    }
}
