package io.penstock.exporter.cursor;

/**
 * What a cursor has behind it.
 *
 * @param position everything below is settled
 * @param base records of the ring that the cursor does not owe: those before its start
 * @param delivered records delivered below the position
 * @param deadLettered records dead-lettered below the position
 * @param dropped records dropped by rule, or damaged, below the position
 */
public record CursorLine(
        long position, long base, long delivered, long deadLettered, long dropped) {

    /** The line behind a settled run. */
    public CursorLine advance(long end, long addDelivered, long addDeadLettered, long addDropped) {
        return new CursorLine(
                end,
                base,
                delivered + addDelivered,
                deadLettered + addDeadLettered,
                dropped + addDropped);
    }

    /** Records that the cursor has accounted for. */
    public long settled() {
        return base + delivered + deadLettered + dropped;
    }
}
