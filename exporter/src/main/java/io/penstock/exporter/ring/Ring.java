package io.penstock.exporter.ring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transactional staging buffer of one repo.
 *
 * <p>Threading: any thread, unless a method says otherwise. Methods marked <em>blocking</em> do
 * file I/O and must not be called on an event loop.
 */
public final class Ring {

    Ring() {}

    /** Drawn when the ring's files were first made. */
    public long epoch() {
        throw new UnsupportedOperationException();
    }

    /** A writer for the calling thread to keep. */
    public RingWriter newWriter() {
        throw new UnsupportedOperationException();
    }

    /** What was staged by which producer lately; survives a restart. */
    public ProducerWindows producers() {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens the durable cursor of an export, creating it where there is none: at the oldest staged
     * entry for the ring's first cursor, else at the tail. Blocking.
     *
     * @throws java.io.IOException when the cursor's file cannot be read or made
     * @throws IllegalStateException when the cursor is open already
     */
    public RingCursor openCursor(String export) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    /** Forgets an export's cursor for ever; its lag is counted nowhere any more. Blocking. */
    public void deleteCursor(String export) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    /** Names of all cursors, open or not. */
    public List<String> cursors() {
        throw new UnsupportedOperationException();
    }

    /** Position behind the last claimed entry. */
    public long tail() {
        throw new UnsupportedOperationException();
    }

    /** The lowest position that any cursor still needs; the tail where there is none. */
    public long head() {
        throw new UnsupportedOperationException();
    }

    /** Records appended since the ring was made; survives a restart. */
    public long acceptedRecords() {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes everything below {@link #tail()} survive a power loss. Blocking; called by the group
     * sync.
     */
    public void force() throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    /** Everything below was forced. */
    public long forcedPosition() {
        throw new UnsupportedOperationException();
    }

    /**
     * Sets who is told of changes; at most one listener.
     *
     * @see Listener
     */
    public void listener(@Nullable Listener listener) {
        throw new UnsupportedOperationException();
    }

    /** A point-in-time view for people, metrics and the ledger. */
    public RingStats stats() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the snapshot and lets go of every file and mapping. All takes must be settled.
     * Blocking.
     */
    public void close() throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    /** Upward signals. Called on whatever thread caused them; must return at once. */
    public interface Listener {
        /** A cursor advanced: everything below {@link Ring#head()} is settled by every export. */
        void onHeadAdvanced(long head);

        /** There is room again after an append was refused with {@link RingWriter#FULL}. */
        void onRoom();

        /**
         * The disk budget is spent and the named cursor holds the oldest segment: its export's
         * {@code when_full} decides. Repeated until there is room, at most once a second.
         *
         * @param releaseTo position up to which the cursor must advance to free one segment
         */
        void onOverBudget(String cursor, long releaseTo);
    }
}
