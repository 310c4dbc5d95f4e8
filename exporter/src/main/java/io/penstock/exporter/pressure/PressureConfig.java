package io.penstock.exporter.pressure;

import io.penstock.model.Setting;

/**
 * Keys {@code exports[].pressure.*}: how an export adapts to what its target bears.
 *
 * <p>Threading: immutable.
 *
 * @param adaptive whether limits move at all
 * @param minConcurrency fewest deliveries in flight
 * @param minBatchBytes smallest limit of a delivery's bytes
 * @param slowAfterMs response time from which on deliveries are made smaller
 * @param tryMoreAfterMs how long a limit stands before a higher one is tried
 */
public record PressureConfig(
        @Setting(
                        value = "true",
                        doc =
                                "Whether concurrency and batch size follow what the target bears. Off: both stay"
                                        + " at their upper bounds.")
                boolean adaptive,
        @Setting(value = "1", doc = "Fewest deliveries in flight; the upper bound is concurrency.")
                int minConcurrency,
        @Setting(
                        value = "64KiB",
                        doc =
                                "Smallest limit of a delivery's bytes; the upper bound is batch.max_bytes. Below"
                                        + " this the cost of a request outweighs its content with most targets.")
                long minBatchBytes,
        @Setting(
                        value = "10000",
                        doc =
                                "Deliveries that take longer than this on average are made smaller. Keep it well"
                                        + " below the sink's own time-out.")
                long slowAfterMs,
        @Setting(
                        value = "10000",
                        doc =
                                "How long a limit stands before a higher one is tried, if the last try did not"
                                        + " pay; shorter after one that did.")
                long tryMoreAfterMs) {

    private static final long MAX_MS = 3_600_000;

    /** Checks ranges. */
    public PressureConfig {
        if (minConcurrency < 1) {
            throw new IllegalArgumentException(
                    "pressure.min_concurrency must be at least 1, not " + minConcurrency);
        }
        if (minBatchBytes < 1) {
            throw new IllegalArgumentException(
                    "pressure.min_batch_bytes must be at least 1, not " + minBatchBytes);
        }
        if (slowAfterMs < 1 || slowAfterMs > MAX_MS) {
            throw new IllegalArgumentException(
                    "pressure.slow_after_ms must lie between 1 and 3600000, not " + slowAfterMs);
        }
        if (tryMoreAfterMs < 1 || tryMoreAfterMs > MAX_MS) {
            throw new IllegalArgumentException(
                    "pressure.try_more_after_ms must lie between 1 and 3600000, not "
                            + tryMoreAfterMs);
        }
    }

    /** Every key at its default. */
    public static PressureConfig defaults() {
        return new PressureConfig(true, 1, 64 << 10, 10_000, 10_000);
    }

    /** Limits that stay at their upper bounds. */
    public static PressureConfig fixed() {
        return new PressureConfig(false, 1, 64 << 10, 10_000, 10_000);
    }
}
