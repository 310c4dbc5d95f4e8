package io.penstock.exporter.pressure;

import java.util.SplittableRandom;

/**
 * The three presets of the one back-off policy. Every delay carries a jitter of up to a tenth
 * either way, so that exports that failed together do not come back together.
 *
 * <p>Threading: immutable.
 */
public enum BackOff implements RetryPolicy {
    /** Nothing to fetch: 1 s doubling to 32 s, reset by data. */
    EMPTY_POLL {
        @Override
        long steadyMs(int attempt) {
            return doubled(attempt - 1, 32_000);
        }
    },
    /** The target is busy: five waits of 1 s, then doubling to 32 s. */
    BUSY {
        @Override
        long steadyMs(int attempt) {
            return doubled(attempt - PATIENT_WAITS, 32_000);
        }
    },
    /** The sink failed: 1 s doubling to 10 s, reset by success. */
    SINK_FAILURE {
        @Override
        long steadyMs(int attempt) {
            return doubled(attempt - 1, 10_000);
        }
    };

    private static final long BASE_MS = 1_000;
    private static final int PATIENT_WAITS = 5;

    /** Doublings after which any preset has reached its longest wait. */
    private static final int MAX_DOUBLINGS = 10;

    private static final double JITTER = 0.1;

    abstract long steadyMs(int attempt);

    @Override
    public long delayMs(int attempt, long seed) {
        double share = new SplittableRandom(seed + attempt).nextDouble() * 2 - 1;
        return Math.round(steadyMs(attempt) * (1 + JITTER * share));
    }

    private static long doubled(int doublings, long longestMs) {
        int times = Math.max(0, Math.min(MAX_DOUBLINGS, doublings));
        return Math.min(longestMs, BASE_MS << times);
    }
}
