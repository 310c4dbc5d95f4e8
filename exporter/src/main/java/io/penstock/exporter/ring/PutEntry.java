package io.penstock.exporter.ring;

/**
 * One batch on its way into a ring. Implemented by the request that carries it, so that an append
 * makes no object.
 *
 * <p>Threading: read by the appending thread, during the append only.
 */
public interface PutEntry {
    /** Length of the body in bytes, 0 or more. */
    int bodyBytes();

    /** Records in the body, at least 1. */
    int records();

    /** Code of the body's encoding; opaque to the ring. */
    byte encoding();

    /** Producer, or 0 for none. */
    long producerId();

    /** Number of the batch among those of its producer; meaningless when the producer is 0. */
    long sequence();

    /**
     * Whether the sequences of its producer only grow, with leaps, one batch at a time: those of a
     * source, which are offsets. See {@link ProducerWindows#admitInOrder}.
     */
    default boolean inOrder() {
        return false;
    }

    /** Time of arrival, milliseconds since the epoch. */
    long arrivedMs();

    /** Writes exactly {@link #bodyBytes} bytes into the slot. Must not throw. */
    void writeBody(SlotWriter slot);
}
