package io.penstock.exporter.ring;

/**
 * Which (producer, sequence) pairs were staged lately. Per producer the last {@link #WINDOW}
 * sequences are remembered with their positions; at most {@code maxProducers} producers, the
 * longest idle forgotten first.
 *
 * <p>A pair is admitted, then either staged or abandoned, by the thread that admitted it.
 *
 * <p>Threading: any thread; each call holds a short lock of its own producer.
 */
public final class ProducerWindows {
    /** Sequences remembered per producer. */
    public static final int WINDOW = 256;

    /** The pair is new; it is marked pending until {@link #staged} or {@link #abandoned}. */
    public static final long NEW = -1;

    /** The same pair is being staged right now by somebody else: come back in a moment. */
    public static final long PENDING = -2;

    /** The sequence lies below the remembered window. */
    public static final long WENT_BACK = -3;

    /** The sequence lies more than {@link #WINDOW} above the highest seen. */
    public static final long JUMPED = -4;

    ProducerWindows() {}

    /**
     * Admits a pair.
     *
     * @return the position where it was staged before (0 or more), or {@link #NEW}, {@link
     *     #PENDING}, {@link #WENT_BACK}, {@link #JUMPED}
     */
    public long admit(long producerId, long sequence) {
        throw new UnsupportedOperationException();
    }

    /** The admitted pair stands at {@code position}. */
    public void staged(long producerId, long sequence, long position) {
        throw new UnsupportedOperationException();
    }

    /** The admitted pair was not staged; it may be admitted again. */
    public void abandoned(long producerId, long sequence) {
        throw new UnsupportedOperationException();
    }

    /** Highest sequence staged by a producer, or 0; for messages. */
    public long highest(long producerId) {
        throw new UnsupportedOperationException();
    }
}
