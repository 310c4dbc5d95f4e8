package io.penstock.exporter.ring;

/** Where a cursor begins that is not there yet; one that is there keeps its place. */
public enum Beginning {
    /** At the oldest entry for the ring's first cursor, behind the newest for any other. */
    FIRST_OLDEST,
    /**
     * At the oldest entry that the ring's files still hold. That is at least what any cursor has
     * not settled, and at most what fits in one segment more, which every cursor may have settled.
     */
    OLDEST,
    /** Behind the newest published entry. */
    NEWEST;

    boolean isOldest(boolean firstCursor) {
        return this == OLDEST || (this == FIRST_OLDEST && firstCursor);
    }
}
