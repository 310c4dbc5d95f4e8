package io.penstock.exporter.ring;

import org.jspecify.annotations.Nullable;

/**
 * One export's durable position, and the take side of the ring. Several takes may be open and are
 * settled in any order; the position advances over the contiguous settled prefix. A rolled-back run
 * is offered first next time. A run that was open when the process died is offered again exactly as
 * it was, first.
 *
 * <p>Threading: confined to one thread at a time, except {@link #wake} and the getters.
 */
public final class RingCursor {

    RingCursor() {}

    /** Takes open at once at the most. */
    public static final int MAX_OPEN_TAKES = 64;

    /**
     * Takes the next run: whole entries, at least one, until either limit would be passed. Its
     * range is recorded in the cursor's file before this returns.
     *
     * @return the run, or null when nothing is published or {@link #MAX_OPEN_TAKES} are open
     */
    public @Nullable Take take(int maxRecords, long maxBytes) {
        throw new UnsupportedOperationException();
    }

    /** Settles a run for good. The three counts add up to the run's records. */
    public void commit(Take take, int delivered, int deadLettered, int dropped) {
        throw new UnsupportedOperationException();
    }

    /** Gives a run back; it is offered first, as the same run, by the next take. */
    public void rollback(Take take) {
        throw new UnsupportedOperationException();
    }

    /** Bytes published behind the last take, whole segments counted by position. */
    public long untakenBytes() {
        throw new UnsupportedOperationException();
    }

    /** Arrival of the oldest entry not taken, or -1 when there is none. */
    public long oldestUntakenMs() {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks to be woken once by the next append, by {@link #wake}'s callback.
     *
     * @return false when something is there already: take now, the callback will not come
     */
    public boolean arm() {
        throw new UnsupportedOperationException();
    }

    /** Sets the callback of {@link #arm}; called on the appending thread, must return at once. */
    public void onWake(Runnable callback) {
        throw new UnsupportedOperationException();
    }

    /** Runs an armed callback now; any thread. */
    public void wake() {
        throw new UnsupportedOperationException();
    }

    /** Everything below is settled. */
    public long position() {
        throw new UnsupportedOperationException();
    }

    /** Settled, open and bookkept; see {@link RingStats.CursorStats}. */
    public RingStats.CursorStats stats() {
        throw new UnsupportedOperationException();
    }

    /** Closes the cursor; open takes stay recorded and are offered again by the next open. */
    public void close() {
        throw new UnsupportedOperationException();
    }
}
