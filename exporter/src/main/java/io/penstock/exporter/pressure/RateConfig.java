package io.penstock.exporter.pressure;

import io.penstock.model.Setting;

/**
 * Keys {@code exports[].rate.*}: the most that an export offers to its target per second, retries
 * included.
 *
 * <p>Threading: immutable.
 *
 * @param recordsPerS records per second, 0 for no limit
 * @param bytesPerS bytes as staged per second, 0 for no limit
 */
public record RateConfig(
        @Setting(
                        value = "0",
                        doc =
                                "Most records per second offered to the target, retries included; 0 is no limit."
                                        + " In any stretch of time at most one second's worth and one delivery"
                                        + " more.")
                long recordsPerS,
        @Setting(
                        value = "0",
                        doc =
                                "Most bytes per second, as staged; 0 is no limit. Deliveries are cut to a"
                                        + " second's worth.")
                long bytesPerS) {

    /**
     * Far above what any target takes, and small enough that a second of it fits into a long of
     * billionths.
     */
    public static final long MAX_PER_S = 4_000_000_000L;

    /** Checks ranges. */
    public RateConfig {
        if (recordsPerS < 0 || recordsPerS > MAX_PER_S) {
            throw new IllegalArgumentException(
                    "rate.records_per_s must lie between 0 and "
                            + MAX_PER_S
                            + ", not "
                            + recordsPerS);
        }
        if (bytesPerS < 0 || bytesPerS > MAX_PER_S) {
            throw new IllegalArgumentException(
                    "rate.bytes_per_s must lie between 0 and " + MAX_PER_S + ", not " + bytesPerS);
        }
    }

    /** No limits. */
    public static RateConfig none() {
        return new RateConfig(0, 0);
    }
}
