package io.penstock.exporter.ring;

import io.penstock.exporter.segment.Segment;

/** A run of entries that a cursor cut, as its bookkeeping. Threading: guarded by the cursor. */
final class Run {
    /** What became of it. */
    enum State {
        /** Lent out. */
        OPEN,
        /** Given back, or open when the process died: to be offered before anything else. */
        AGAIN,
        /** Settled, while an earlier run is not. */
        COMMITTED
    }

    final int slot;
    final long first;
    final long end;
    final Segment firstSegment;
    final int firstOffset;
    final Segment endSegment;
    final int endOffset;
    final Contents contents;

    State state = State.OPEN;
    int offers = 1;
    long delivered;
    long deadLettered;
    long dropped;

    /**
     * What lies in a run.
     *
     * @param records records in readable entries
     * @param bodyBytes bytes of their bodies
     * @param badEntries damaged entries
     * @param badRecords records that were in them, as far as that can be told
     */
    record Contents(int records, long bodyBytes, int badEntries, int badRecords) {}

    /**
     * A run from a place to where a cutter stands.
     *
     * @param first its first position: that of the place, unless what was recorded says otherwise
     * @param end its end, likewise
     */
    Run(int slot, long first, long end, Segment firstSegment, int firstOffset, RunCutter cutter) {
        this.slot = slot;
        this.first = first;
        this.end = end;
        this.firstSegment = firstSegment;
        this.firstOffset = firstOffset;
        this.endSegment = cutter.walk().segment();
        this.endOffset = cutter.walk().offset();
        this.contents = cutter.contents();
    }
}
