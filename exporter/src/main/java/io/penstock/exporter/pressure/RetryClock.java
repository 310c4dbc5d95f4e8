package io.penstock.exporter.pressure;

import java.util.function.IntToLongFunction;

/**
 * When the target may be tried again after failures, and by how many deliveries at once: one alone
 * first, one more with each answer then.
 *
 * <p>Deliveries that were in flight together fail together: that is one failure. An answer to one
 * that began before the failure shows that the target works, and ends the export's own back-off; a
 * wish of the target (Retry-After) is kept in any case.
 *
 * <p>Threading: confined to the export's context.
 */
final class RetryClock {
    /** A target cannot send us away for longer. */
    private static final long MAX_WISH_MS = 3_600_000;

    private static final long MILLI_NS = 1_000_000;
    private static final int ALL = Integer.MAX_VALUE;

    private final IntToLongFunction delayMs;
    private int failuresInRow;
    private int round;
    private int window = ALL;
    private boolean waits;
    private long notBeforeNs;
    private boolean wished;
    private long wishedToNs;

    /**
     * No failure yet.
     *
     * @param delayMs failures in a row, from 1, to milliseconds
     */
    RetryClock(IntToLongFunction delayMs) {
        this.delayMs = delayMs;
    }

    /** Failures that came before now. */
    int round() {
        return round;
    }

    int failuresInRow() {
        return failuresInRow;
    }

    /** How many may be in flight now, as far as failures go. */
    int window() {
        return window;
    }

    /** How long until the next may start, 0 for now. */
    long waitNs(long nowNs) {
        return waits ? Math.max(0, notBeforeNs - nowNs) : 0;
    }

    /**
     * A delivery failed.
     *
     * @param roundOfStart {@link #round} when it started
     * @param wishMs the target's wish, negative for none
     */
    void failed(long nowNs, int roundOfStart, long wishMs) {
        if (roundOfStart == round) {
            round++;
            failuresInRow++;
        }
        window = 1;
        long ms =
                wishMs >= 0
                        ? Math.min(wishMs, MAX_WISH_MS)
                        : delayMs.applyAsLong(Math.max(1, failuresInRow));
        long untilNs = nowNs + ms * MILLI_NS;
        notBeforeNs = waits ? Math.max(notBeforeNs, untilNs) : untilNs;
        waits = true;
        if (wishMs >= 0) {
            wishedToNs = wished ? Math.max(wishedToNs, untilNs) : untilNs;
            wished = true;
        }
    }

    /**
     * A delivery was not offered to the target at all: a short wait for everybody, which neither
     * counts as a failure nor ends a row of them.
     *
     * @param ms how long; negative for none
     */
    void away(long nowNs, long ms) {
        long untilNs = nowNs + Math.min(Math.max(0, ms), MAX_WISH_MS) * MILLI_NS;
        notBeforeNs = waits ? Math.max(notBeforeNs, untilNs) : untilNs;
        waits = true;
    }

    /** A delivery was answered, by taking it or refusing it for good. */
    void answered(long nowNs, int roundOfStart) {
        failuresInRow = 0;
        boolean keptByWish = wished && wishedToNs > nowNs;
        if (roundOfStart == round) {
            waits = false;
            wished = false;
            window = window == ALL ? ALL : window + 1;
        } else if (!keptByWish) {
            waits = false;
            window = ALL;
        } else {
            notBeforeNs = wishedToNs;
        }
    }
}
