package io.penstock.exporter.ring;

import java.util.List;

/**
 * The put side of a ring for one thread. Several writers of one ring append concurrently.
 *
 * <p>Threading: confined to one thread; never blocks, never does file I/O beyond mapped memory.
 */
public final class RingWriter {
    /** No room: the next segment is not there (yet); nothing was written. */
    public static final long FULL = -1;

    /** The run does not fit into one segment; it never will. Nothing was written. */
    public static final long TOO_LARGE = -2;

    /** The ring is closed. Nothing was written. */
    public static final long CLOSED = -3;

    RingWriter() {}

    /**
     * Appends a run as one put transaction: all entries become visible together, contiguous, in
     * order.
     *
     * @return position of the first entry (the next starts {@link EntryLayout#entryBytes} behind
     *     it), or {@link #FULL}, {@link #TOO_LARGE} or {@link #CLOSED}, all negative
     */
    public long append(List<? extends PutEntry> run) {
        throw new UnsupportedOperationException();
    }
}
