package io.penstock.client;

import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: doubling from {@link #FIRST_MS} to {@link #MAX_MS},
 * half of it at random, so that clients that failed together do not come back together. A server's
 * own wish wins; then up to a fifth is added, never taken away.
 *
 * <p>Threading: any thread, if the random numbers are.
 */
final class BackOff {
    static final long FIRST_MS = 50;
    static final long MAX_MS = 2_000;
    private static final int MAX_DOUBLINGS = 10;
    private static final double ADDED_TO_A_WISH = 0.2;

    /** In [0, 1). */
    private final DoubleSupplier random;

    BackOff(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Milliseconds to wait.
     *
     * @param attempts made so far, from 1
     * @param wishMs of the server, or -1
     */
    long delayMs(int attempts, long wishMs) {
        if (wishMs >= 0) {
            return Math.max(1, wishMs + (long) (wishMs * ADDED_TO_A_WISH * random.getAsDouble()));
        }
        long whole = Math.min(MAX_MS, FIRST_MS << Math.min(MAX_DOUBLINGS, attempts - 1));
        return Math.max(1, (long) (whole * (0.5 + 0.5 * random.getAsDouble())));
    }
}
