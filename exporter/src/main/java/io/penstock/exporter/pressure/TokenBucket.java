package io.penstock.exporter.pressure;

/**
 * Lets a rate through. A delivery may start while there is at least one token, and then takes as
 * many as it is large, into debt if need be: so in any stretch of T seconds at most {@code rate *
 * (T + 1)} and one delivery more get through, and over time exactly the rate (a token bucket with a
 * depth of one second; compare RFC 2697). Computed in whole numbers, the rest carried on: nothing
 * is lost to rounding.
 *
 * <p>Threading: guarded by its {@link Rate}.
 */
final class TokenBucket {
    private static final long SECOND_NS = 1_000_000_000L;

    private final long perSecond;
    private long tokens;

    /** Part of a token, in units of 1 / SECOND_NS. */
    private long rest;

    private long filledToNs;

    /** A full one. */
    TokenBucket(long perSecond, long nowNs) {
        this.perSecond = perSecond;
        tokens = perSecond;
        filledToNs = nowNs;
    }

    /** How long until a delivery may start, 0 for now. */
    long waitNs(long nowNs) {
        fill(nowNs);
        if (tokens > 0) {
            return 0;
        }
        long missing = 1 - tokens;
        long seconds = missing / perSecond;
        long units = missing % perSecond * SECOND_NS - rest;
        return Math.max(1, seconds * SECOND_NS + ceil(units));
    }

    private long ceil(long units) {
        return units <= 0 ? units / perSecond : (units + perSecond - 1) / perSecond;
    }

    /** A delivery starts. */
    void take(long amount) {
        tokens -= amount;
    }

    private void fill(long nowNs) {
        long elapsedNs = Math.max(0, nowNs - filledToNs);
        filledToNs += elapsedNs;
        long seconds = elapsedNs / SECOND_NS;
        // perSecond * SECOND_NS fits: see RateConfig.MAX_PER_S
        long units = elapsedNs % SECOND_NS * perSecond + rest;
        long full = perSecond - tokens;
        if (seconds > full / perSecond) {
            tokens = perSecond;
            rest = 0;
            return;
        }
        tokens += seconds * perSecond + units / SECOND_NS;
        rest = units % SECOND_NS;
        if (tokens >= perSecond) {
            tokens = perSecond;
            rest = 0;
        }
    }
}
