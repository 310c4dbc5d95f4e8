package io.penstock.gateway.alert.watch;

/**
 * A count that fades: what was added a time constant ago counts for 1/e, so that the sum is about
 * what came in the last time constant.
 *
 * <p>Threading: confined to one round at a time.
 */
final class Fading {
    private final double timeMs;
    private double sum;
    private long lastMs;

    Fading(double timeMs) {
        this.timeMs = timeMs;
    }

    void add(double count, long nowMs) {
        sum = at(nowMs) + count;
        lastMs = nowMs;
    }

    double at(long nowMs) {
        return sum * Math.exp(-Math.max(0, nowMs - lastMs) / timeMs);
    }
}
