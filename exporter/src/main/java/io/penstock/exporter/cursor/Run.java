package io.penstock.exporter.cursor;

import io.penstock.exporter.segment.Segment;

/**
 * A run of entries that a cursor cut, as its bookkeeping.
 *
 * <p>Threading: guarded by the cursor; everything but the state is immutable.
 */
public final class Run {
    /** What became of it. */
    enum State {
        /** Lent out. */
        OPEN,
        /** Given back, or open when the process died: to be offered before anything else. */
        AGAIN,
        /** Settled, while an earlier run is not. */
        COMMITTED
    }

    /**
     * What lies in a run.
     *
     * @param records records in readable entries
     * @param bodyBytes bytes of their bodies
     * @param badEntries damaged entries
     * @param badRecords records that were in them, as far as that can be told
     */
    public record Contents(int records, long bodyBytes, int badEntries, int badRecords) {}

    private static final byte[] NO_PROGRESS = {};

    private final int slot;
    private final long first;
    private final long end;
    private final Segment firstSegment;
    private final int firstOffset;
    private final Segment endSegment;
    private final int endOffset;
    private final Contents contents;

    // Owner: Takes
    State state = State.OPEN;
    int offers = 1;
    long delivered;
    long deadLettered;
    long dropped;
    long notes;
    byte[] progress = NO_PROGRESS;

    /**
     * A run from a place to where a cutter stands.
     *
     * @param first its first position: that of the place, unless what was recorded says otherwise
     * @param end its end, likewise
     */
    Run(int slot, long first, long end, Segment segment, int offset, RunCutter cutter) {
        this.slot = slot;
        this.first = first;
        this.end = end;
        this.firstSegment = segment;
        this.firstOffset = offset;
        this.endSegment = cutter.walk().segment();
        this.endOffset = cutter.walk().offset();
        this.contents = cutter.contents();
    }

    /** Number of its record in the cursor's file. */
    int slot() {
        return slot;
    }

    /** First position. */
    public long first() {
        return first;
    }

    /** Position behind it. */
    public long end() {
        return end;
    }

    /** Segment in which a walk over it begins. */
    public Segment firstSegment() {
        return firstSegment;
    }

    /** Offset at which a walk over it begins. */
    public int firstOffset() {
        return firstOffset;
    }

    /** Segment in which the next run begins. */
    public Segment endSegment() {
        return endSegment;
    }

    /** Offset at which the next run begins. */
    public int endOffset() {
        return endOffset;
    }

    /** What lies in it. */
    public Contents contents() {
        return contents;
    }

    /** How often it was offered. */
    public int offers() {
        return offers;
    }

    /** What the export noted about it last; empty when it is whole. Not to be written to. */
    public byte[] progress() {
        return progress;
    }

    /** Whether it is settled, while an earlier one is not. */
    public boolean isSettled() {
        return state == State.COMMITTED;
    }

    /** Whether it is lent out. */
    public boolean isOpen() {
        return state == State.OPEN;
    }
}
