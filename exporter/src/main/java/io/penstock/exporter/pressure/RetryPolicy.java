package io.penstock.exporter.pressure;

/**
 * Delays between attempts. A pure function: the same arguments give the same delay.
 *
 * <p>Threading: immutable.
 */
@FunctionalInterface
public interface RetryPolicy {
    /**
     * How long to wait before the next attempt.
     *
     * @param attempt failures in a row so far, counted from 1
     * @param seed source of the jitter
     * @return milliseconds, 0 or more
     */
    long delayMs(int attempt, long seed);
}
