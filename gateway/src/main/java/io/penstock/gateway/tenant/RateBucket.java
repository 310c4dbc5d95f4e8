package io.penstock.gateway.tenant;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets a rate through, without a timer and without memory but one number: the virtual scheduling
 * form of the generic cell rate algorithm (ITU-T I.371, annex A). The number is when the last
 * request would be over if requests came at exactly the rate; a request may begin while that lies
 * no further ahead than a burst, and then moves it by its own size over the rate.
 *
 * <p>A request that may begin is let through whole, however large: the bucket goes into debt, and
 * the next one waits for it. So in any stretch of T seconds at most {@code rate * (T + burst)} and
 * the requests that began in the same moment get through, and over time exactly the rate; rounding
 * errs by less than a nanosecond a request, on the slow side.
 *
 * <p>Threading: any thread. Between asking and taking, others may take.
 */
final class RateBucket {
    private static final long SECOND_NS = 1_000_000_000L;

    private final long perSecond;
    private final long burstNs;
    private final AtomicLong overAtNs;

    /**
     * A full one.
     *
     * @param nowNs a clock that never goes back
     */
    RateBucket(long perSecond, long burstNs, long nowNs) {
        this.perSecond = perSecond;
        this.burstNs = burstNs;
        this.overAtNs = new AtomicLong(nowNs);
    }

    /** How long until a request may begin, 0 for now. */
    long waitNs(long nowNs) {
        return Math.max(0, overAtNs.get() - nowNs - burstNs);
    }

    /** A request begins, or turns out to be larger. */
    void take(long amount, long nowNs) {
        long costNs = costNs(amount);
        overAtNs.updateAndGet(overNs -> (overNs - nowNs > 0 ? overNs : nowNs) + costNs);
    }

    /** What was taken was not used. */
    void giveBack(long amount) {
        overAtNs.addAndGet(-costNs(amount));
    }

    /** Whether nothing is left to tell this one from a new one. */
    boolean isFull(long nowNs) {
        return overAtNs.get() - nowNs <= 0;
    }

    private long costNs(long amount) {
        long seconds = amount / perSecond;
        long rest = amount % perSecond;
        // rest * SECOND_NS fits while rest is below 2^33
        long restNs =
                rest < (1L << 33)
                        ? (rest * SECOND_NS + perSecond - 1) / perSecond
                        : (long) ((double) rest * SECOND_NS / perSecond) + 1;
        return seconds * SECOND_NS + restNs;
    }
}
